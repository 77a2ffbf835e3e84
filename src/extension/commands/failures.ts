import * as vscode from 'vscode';
import { messageOf, UserError } from '../../shared/userError';
import { commandId } from '../contributions';

/** Tells the person, or the log, of what went wrong. */
export class Failures {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Runs something for the person and shows what it throws. */
  async guard(what: string, run: () => unknown): Promise<unknown> {
    try {
      return await run();
    } catch (thrown) {
      this.show(what, thrown);
      return undefined;
    }
  }

  /**
   * Shows one sentence. What the person can act on stands as it is; a defect of ours goes into the
   * log with its stack.
   *
   * @param what names for the log what was being done
   */
  show(what: string, thrown: unknown): void {
    if (thrown instanceof vscode.CancellationError) return;
    if (thrown instanceof UserError) {
      this.log.warn(`${what}: ${thrown.message}`);
      void this.offerLog(thrown.message);
      return;
    }
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    this.log.error(`${what}: ${stack}`);
    void this.offerLog(vscode.l10n.t('SN-GAN has a defect: {0}', messageOf(thrown)));
  }

  private async offerLog(message: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(message, showLog);
    if (chosen === showLog) await vscode.commands.executeCommand(commandId.showLog);
  }
}
