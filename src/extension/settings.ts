import path from 'node:path';
import * as vscode from 'vscode';
import { userFolders } from '../runtime/userFolders';
import type { ConfigFile, RuntimeChoice } from '../shared/config';
import type { WhenGone } from '../shared/control';
import { settingKey } from './contributions';

const section = 'snGan';

/** What the person has set; every property is read anew, so that changes hold at once. */
export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  /** Some setting of ours has another value. */
  readonly onChange = this.changed.event;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) this.changed.fire(event);
  });

  /**
   * Where new runs are made. A relative path starts at the first workspace folder on disk; without
   * one, runs are kept with the person's data.
   */
  get runsFolder(): string {
    return this.runsFolders[0];
  }

  /** Every folder that may hold runs, that of new ones first; there is one at least. */
  get runsFolders(): readonly [string, ...string[]] {
    const [first = userFolders().data, ...others] = workspaceFolders();
    const runsIn = (folder: string): string => path.resolve(folder, this.runsFolderSetting);
    return [runsIn(first), ...others.map(runsIn)];
  }

  /** The Node that trains; undefined: choose one. */
  get nodePath(): string | undefined {
    return this.read<string | null>(settingKey.nodePath, null) ?? undefined;
  }

  get runtime(): RuntimeChoice {
    return this.read<RuntimeChoice>(settingKey.runtime, 'auto');
  }

  get whenWindowCloses(): WhenGone {
    return this.read<WhenGone>(settingKey.whenWindowCloses, 'keepTraining');
  }

  /**
   * What holds in a new run where its config file does not say otherwise.
   *
   * @param file the config file; its workspace folder is where the run is made
   */
  ofNewRuns(file?: string): ConfigFile {
    const keepLast = this.read<number | null>(settingKey.keepCheckpoints, null);
    const every = this.read<number | null>(settingKey.logEvery, null);
    const folder = file === undefined ? undefined : this.folderOf(file);
    return {
      runtime: this.runtime,
      runsFolder:
        folder === undefined ? this.runsFolder : path.resolve(folder, this.runsFolderSetting),
      ...(keepLast !== null && { checkpoints: { keepLast } }),
      ...(every !== null && { log: { every } }),
    };
  }

  /** The workspace folder that a file lies in; undefined outside of all. */
  folderOf(file: string): string | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
    return folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
  }

  /** Whether an event of {@link onChange} is about one setting. */
  concerns(event: vscode.ConfigurationChangeEvent, key: keyof typeof settingKey): boolean {
    return event.affectsConfiguration(`${section}.${settingKey[key]}`);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private get runsFolderSetting(): string {
    return this.read<string>(settingKey.runsFolder, 'runs') || 'runs';
  }

  private read<T>(key: string, otherwise: T): T {
    return vscode.workspace.getConfiguration(section).get<T>(key, otherwise);
  }
}

/** Paths of the workspace folders that lie on a disk. */
function workspaceFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}
