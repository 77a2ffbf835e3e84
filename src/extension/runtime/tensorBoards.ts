import * as vscode from 'vscode';
import { UserError } from '../../shared/userError';
import { contextKey } from '../contributions';
import { findTensorBoard, TensorBoardServer } from './tensorBoard';

/** The TensorBoards of this window: one for each folder that is looked at. */
export class TensorBoards implements vscode.Disposable {
  private readonly servers = new Map<string, TensorBoardServer>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Looks whether TensorBoard is installed, and shows its commands if so. */
  async announce(): Promise<void> {
    const program = await findTensorBoard();
    await vscode.commands.executeCommand(
      'setContext',
      contextKey.canOpenTensorBoard,
      program !== undefined,
    );
  }

  /**
   * Opens a run folder in the browser; on a remote machine the port is forwarded.
   *
   * @throws UserError where TensorBoard is not installed or does not start
   */
  async open(folder: string): Promise<void> {
    const server = await this.serverOf(folder);
    const address = await vscode.env.asExternalUri(vscode.Uri.parse(server.address));
    await vscode.env.openExternal(address);
  }

  dispose(): void {
    for (const server of this.servers.values()) server.stop();
    this.servers.clear();
  }

  private async serverOf(folder: string): Promise<TensorBoardServer> {
    const running = this.servers.get(folder);
    if (running?.isAlive) return running;
    const program = await findTensorBoard();
    if (program === undefined) {
      throw new UserError(
        vscode.l10n.t(
          'TensorBoard is not on the PATH of this editor: install it with `pip install tensorboard`, then reload the window.',
        ),
      );
    }
    const server = await this.start(program, folder);
    this.servers.set(folder, server);
    return server;
  }

  private async start(program: string, folder: string): Promise<TensorBoardServer> {
    const title = vscode.l10n.t('Starting TensorBoard');
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        const cancel = new AbortController();
        token.onCancellationRequested(() => cancel.abort(new vscode.CancellationError()));
        const onLine = (line: string): void => this.log.info(`tensorboard: ${line}`);
        return TensorBoardServer.start(program, folder, onLine, cancel.signal);
      },
    );
  }
}
