import * as vscode from 'vscode';
import { nvidiaGpu } from '../../runtime/tensorflow/nvidiaGpu';
import { commandId } from '../contributions';
import type { CommandLineParts } from './runtimeParts';
import { withCommandLine } from './withCommandLine';

interface VariantItem extends vscode.QuickPickItem {
  readonly gpu: boolean;
}

/**
 * Installs a native TensorFlow after the person has chosen which and agreed to what is downloaded
 * and built.
 *
 * @throws UserError that says what is missing, for example a compiler or Python
 */
export async function installRuntime(parts: CommandLineParts): Promise<void> {
  const gpu = await chooseVariant();
  if (gpu === undefined || !(await agree(gpu))) return;
  const args = ['runtime', 'install', '--yes', ...(gpu ? ['--gpu'] : []), ...ofPlatform()];
  const printed = await withCommandLine(vscode.l10n.t('Installing TensorFlow'), args, parts);
  parts.log.info(printed);
  const [installed, computes = ''] = printed.trim().split('\n');
  await offerRuntimes(`${installed} ${computes}`.trim());
}

/** Windows has no compiler at hand; there Google's own build is fetched. */
function ofPlatform(): string[] {
  return process.platform === 'win32' ? ['--from', 'official'] : [];
}

/** Whether for an NVIDIA card; undefined where the person thought better of it. */
async function chooseVariant(): Promise<boolean | undefined> {
  if (process.platform === 'darwin') return false;
  const card = await nvidiaGpu();
  const processor: VariantItem = {
    label: `$(chip) ${vscode.l10n.t('For the processor')}`,
    detail: vscode.l10n.t('About 0.3 GB to download, 0.9 GB on disk'),
    gpu: false,
  };
  const graphics: VariantItem = {
    label: `$(circuit-board) ${vscode.l10n.t('For an NVIDIA graphics card')}`,
    description: card?.name ?? vscode.l10n.t('none was found on this machine'),
    detail: vscode.l10n.t('With the CUDA libraries: about 3.4 GB to download, 5.2 GB on disk'),
    gpu: true,
  };
  const chosen = await vscode.window.showQuickPick(
    card ? [graphics, processor] : [processor, graphics],
    {
      title: vscode.l10n.t('Install Native Runtime'),
      placeHolder: vscode.l10n.t('What shall compute?'),
    },
  );
  return chosen?.gpu;
}

async function agree(gpu: boolean): Promise<boolean> {
  const install = vscode.l10n.t('Install');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Install TensorFlow for training?'),
    { modal: true, detail: describeInstallation(gpu) },
    install,
  );
  return chosen === install;
}

function describeInstallation(gpu: boolean): string {
  if (process.platform === 'win32') {
    return vscode.l10n.t(
      "Google's libtensorflow 2.9.1 and its addon for Node are downloaded from storage.googleapis.com, up to 0.5 GB. They go into your own data folder; nothing else is changed.",
    );
  }
  const download = gpu
    ? vscode.l10n.t(
        'Unless your Python has TensorFlow already, pip downloads it with the CUDA libraries, about 3.4 GB.',
      )
    : vscode.l10n.t('Unless your Python has TensorFlow already, pip downloads it, about 0.3 GB.');
  const build = vscode.l10n.t(
    'Then the addon of tfjs-node is built with your C++ compiler and checked. All of it goes into your own data folder; nothing else is changed.',
  );
  return `${download}\n\n${build}`;
}

async function offerRuntimes(message: string): Promise<void> {
  const show = vscode.l10n.t('Show Runtime');
  const chosen = await vscode.window.showInformationMessage(message, show);
  if (chosen === show) await vscode.commands.executeCommand(commandId.showRuntime);
}
