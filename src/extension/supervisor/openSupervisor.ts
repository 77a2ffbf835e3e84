import * as vscode from 'vscode';
import { bundleFolder } from '../../runtime/bundleFolder';
import { trainerEnvironment } from '../../runtime/trainerEnvironment';
import { ControlClient } from '../../trainer/controlClient';
import { launchTrainer } from '../../trainer/launch';
import type { RunList } from '../runs/runList';
import type { Settings } from '../settings';
import { chooseNode, nodeSources } from './nodeBinary';
import { Supervisor } from './supervisor';
import { vscodeSupervisorWindow } from './vscodeSupervisorWindow';

/** The supervisor of this window, with its part of the settings. */
export function openSupervisor(
  runs: RunList,
  settings: Settings,
  log: vscode.LogOutputChannel,
): { readonly supervisor: Supervisor; readonly subscription: vscode.Disposable } {
  const supervisor = new Supervisor(runs, {
    window: vscodeSupervisorWindow,
    launch: async (folder) => {
      const { program, electron } = await chooseNode(nodeSources(settings.nodePath));
      const env = trainerEnvironment(process.env, electron);
      return launchTrainer(folder, program, bundleFolder, { env });
    },
    connect: (folder, address) => {
      const whenGone = settings.whenWindowCloses;
      return ControlClient.connect(folder, address, 'controller', { whenGone });
    },
    log,
  });
  const subscription = vscode.Disposable.from(
    supervisor,
    settings.onChange((event) => {
      if (settings.concerns(event, 'whenWindowCloses')) supervisor.reconnect();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => supervisor.trustGranted()),
  );
  return { supervisor, subscription };
}
