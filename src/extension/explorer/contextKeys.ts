import * as vscode from 'vscode';
import type { ContextKey } from '../contributions';

/** Tells VS Code what `when` clauses ask for; only what has changed, as each one is a message. */
export class ContextKeys {
  private readonly known = new Map<string, boolean | string>();

  set(values: Readonly<Partial<Record<ContextKey, boolean | string>>>): void {
    for (const [key, value] of Object.entries(values)) {
      if (this.known.get(key) === value) continue;
      this.known.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  }
}
