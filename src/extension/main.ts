import type { ExtensionContext } from 'vscode';

/** Called by VS Code when the extension is first used. */
export function activate(context: ExtensionContext): void {
  void context;
}
