import * as vscode from 'vscode';

/**
 * The path that a command is about: menus hand over an item of the tree, dashboards and links a
 * path, the palette nothing.
 */
export function pathOfArgument(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri) return argument.fsPath;
  if (typeof argument !== 'object' || argument === null) return undefined;
  for (const key of ['file', 'folder', 'resourceUri'] as const) {
    const value: unknown = key in argument ? argument[key as never] : undefined;
    if (typeof value === 'string') return value;
    if (value instanceof vscode.Uri) return value.fsPath;
  }
  return undefined;
}
