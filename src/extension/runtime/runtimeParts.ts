import type * as vscode from 'vscode';
import type { Settings } from '../settings';
import type { NodeBinary } from '../supervisor/nodeBinary';

/** What the commands that use `sn-gan` need. */
export interface CommandLineParts {
  /** The Node that trains. @throws UserError where there is none */
  readonly node: () => Promise<NodeBinary>;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}
