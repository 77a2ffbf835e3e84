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

/** Elements of the tree of runs that have weights. */
const withWeights = ['run', 'checkpoints', 'checkpoint'];

/**
 * The weight files and runs that a command is about: all that are selected where the one that was
 * clicked is among them, as VS Code passes them; else the clicked one; none from the palette.
 */
export function pathsOfArguments(argument: unknown, selected: unknown): readonly string[] {
  const all = Array.isArray(selected) ? selected.filter(mayHaveWeights).map(pathOfArgument) : [];
  const paths = all.filter((each) => each !== undefined);
  if (paths.length > 0) return [...new Set(paths)];
  const one = pathOfArgument(argument);
  return one === undefined ? [] : [one];
}

function mayHaveWeights(selected: unknown): boolean {
  if (typeof selected !== 'object' || selected === null || !('kind' in selected)) return true;
  return withWeights.includes(String(selected.kind));
}
