import * as vscode from 'vscode';
import type { ProbeResult } from '../../runtime/probe/probeResult';
import { notInstalled } from '../../runtime/tensorflow/notInstalled';
import type { RuntimeChoice } from '../../shared/config';
import { commandId, settingKey } from '../contributions';
import { mayInstall, speedOf } from './describeRuntimes';
import type { Diagnosis } from './diagnosis';
import type { CommandLineParts } from './runtimeParts';
import { withCommandLine } from './withCommandLine';

interface RuntimeItem extends vscode.QuickPickItem {
  /** What choosing it does; separators do nothing. */
  readonly act?: () => Thenable<unknown>;
}

/**
 * Tries every runtime of this machine and shows what came out: device, speed, why one cannot be
 * used, and which one would be taken. From there one can be chosen for good or installed.
 */
export async function showRuntime(parts: CommandLineParts): Promise<void> {
  const title = vscode.l10n.t('Trying each runtime for a few seconds');
  const printed = await withCommandLine(title, ['doctor', '--json'], parts, { quiet: true });
  const { parseDiagnosis } = await import('./diagnosis');
  const diagnosis = parseDiagnosis(printed);
  const chosen = await vscode.window.showQuickPick(items(diagnosis, parts.settings.runtime), {
    title: vscode.l10n.t('Runtimes of this machine'),
    placeHolder: vscode.l10n.t('Choose what trains from now on'),
    matchOnDetail: true,
  });
  await chosen?.act?.();
}

function items(diagnosis: Diagnosis, setting: RuntimeChoice): RuntimeItem[] {
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    automaticItem(diagnosis, setting),
    ...diagnosis.runtimes.map((result) => runtimeItem(result, setting)),
    separator,
    ...(mayInstall(diagnosis) && vscode.workspace.isTrusted ? [installItem()] : []),
    {
      label: `$(copy) ${vscode.l10n.t('Copy Report')}`,
      act: () => vscode.env.clipboard.writeText(JSON.stringify(diagnosis, undefined, 2)),
    },
  ];
}

function automaticItem({ automatic }: Diagnosis, setting: RuntimeChoice): RuntimeItem {
  return {
    label: mark('auto', setting),
    description: automatic
      ? vscode.l10n.t('the fastest; here {0}', automatic.name)
      : vscode.l10n.t('no runtime works here'),
    // What became of the others stands at each of them.
    ...(automatic && { detail: automatic.reason.split(/(?<=\.)\s/)[0] }),
    act: () => use('auto'),
  };
}

function runtimeItem(result: ProbeResult, setting: RuntimeChoice): RuntimeItem {
  const label = mark(result.name, setting);
  if (!result.usable) {
    const description = vscode.l10n.t('cannot be used here');
    const detail = result.reason === notInstalled ? howToInstall() : result.reason;
    return { label, description, detail };
  }
  const speed = speedOf(result) ?? vscode.l10n.t('not timed');
  return {
    label,
    description: `${result.version} · ${speed}`,
    detail: result.remark === null ? result.device : `${result.device}; ${result.remark}`,
    act: () => use(result.name),
  };
}

/** The one that is set has a tick. */
function mark(name: RuntimeChoice, setting: RuntimeChoice): string {
  return name === setting ? `$(check) ${name}` : `$(blank) ${name}`;
}

/** The runtime's own sentence speaks to those at a terminal. */
function howToInstall(): string {
  return vscode.l10n.t('It is not installed yet; Install Native Runtime does it.');
}

function installItem(): RuntimeItem {
  return {
    label: `$(desktop-download) ${vscode.l10n.t('Install Native Runtime…')}`,
    act: () => vscode.commands.executeCommand(commandId.installRuntime),
  };
}

/** Sets it where it is set already, else for every workspace. */
async function use(runtime: RuntimeChoice): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('snGan');
  const inWorkspace = configuration.inspect(settingKey.runtime)?.workspaceValue !== undefined;
  const target = inWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await configuration.update(settingKey.runtime, runtime, target);
  void vscode.window.showInformationMessage(
    runtime === 'auto'
      ? vscode.l10n.t('New runs take the fastest runtime, unless their config names another.')
      : vscode.l10n.t('New runs use {0}, unless their config names another.', runtime),
  );
}
