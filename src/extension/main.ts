import path from 'node:path';
import { config as useTranslations } from '@vscode/l10n';
import * as vscode from 'vscode';
import { bundleFolder } from '../runtime/bundleFolder';
import { CheckpointEditors } from './checkpoint/checkpointEditors';
import { CheckThread } from './checks/checkThread';
import { checkpointCommands } from './commands/checkpointCommands';
import { chooseCheckpoints } from './commands/chooseCheckpoints';
import { registerCommands } from './commands/commandTable';
import { Failures } from './commands/failures';
import { hostCommands } from './commands/hostCommands';
import { hostOfCheckpoints } from './commands/hostOfCheckpoints';
import { hostOfDashboards } from './commands/hostOfDashboards';
import { ConfigDiagnostics } from './config/configDiagnostics';
import { ConfigLenses } from './config/configLenses';
import { DashboardPanels } from './dashboard/dashboardPanels';
import { RunExports } from './dashboard/runExports';
import { anyRun, RunChooser } from './explorer/commands/runChooser';
import { runCommands } from './explorer/commands/runCommands';
import { RunExplorer } from './explorer/runExplorer';
import { openRunList } from './runs/openRunList';
import { TensorBoards } from './runtime/tensorBoards';
import { Settings } from './settings';
import { StatusBar } from './statusBar';
import { chooseNode, nodeSources } from './supervisor/nodeBinary';
import { openSupervisor } from './supervisor/openSupervisor';
import { RecentSources } from './train/recentSources';
import { trainCommands } from './train/trainCommands';

/** What tests see of the extension. */
export interface Activated {
  /** How long {@link activate} took, apart from loading the bundle. */
  readonly milliseconds: number;
}

/** Called by VS Code when the extension is first used; wires the rooms together. */
export function activate(context: vscode.ExtensionContext): Activated {
  const begun = performance.now();
  // What needs no VS Code says its sentences through the library that shares its translations.
  if (vscode.l10n.bundle) useTranslations({ contents: vscode.l10n.bundle });

  const log = vscode.window.createOutputChannel('SN-GAN', { log: true });
  const failures = new Failures(log);
  const settings = new Settings();
  const checks = new CheckThread(path.join(bundleFolder, 'checks.cjs'));
  const { runs, subscription: runsOpen } = openRunList(settings, context.workspaceState, log);
  const { supervisor, subscription: supervisorOpen } = openSupervisor(runs, settings, log);
  const explorer = new RunExplorer(runs, supervisor, context.workspaceState);
  const runExports = new RunExports(log);

  const dashboards: DashboardPanels = new DashboardPanels(
    context.extensionUri,
    hostOfDashboards(supervisor, (shown) => chooser.chooseRuns(shown), context.globalState),
    runExports,
    log,
  );
  const chooser = new RunChooser(runs, supervisor, explorer, dashboards);
  const chooseFiles = (shown: readonly string[]): Promise<readonly string[]> =>
    chooseCheckpoints(runs.runs, { title: vscode.l10n.t('Compare Spectra With'), shown });
  const checkpoints = new CheckpointEditors(
    context.extensionUri,
    hostOfCheckpoints(chooseFiles, runExports, context.globalState),
    context.globalState,
    log,
  );

  const node = () => chooseNode(nodeSources(settings.nodePath));
  const commandLine = { node, settings, log };
  const tensorBoards = new TensorBoards(log);
  const recent = new RecentSources(context.globalState);

  context.subscriptions.push(
    log,
    settings,
    checks,
    runsOpen,
    supervisorOpen,
    explorer,
    new StatusBar(runs),
    runExports,
    dashboards,
    checkpoints,
    tensorBoards,
    new ConfigLenses(checks, settings),
    new ConfigDiagnostics(checks, settings, failures),
    registerCommands(
      {
        ...trainCommands({ settings, checks, recent, supervisor, dashboards }, failures),
        ...runCommands({ runs, supervisor, explorer, dashboards, chooser }),
        ...checkpointCommands({ runs, checkpoints }),
        ...hostCommands({
          ...commandLine,
          runExports,
          tensorBoards,
          chooseRun: (argument, placeholder) => chooser.one(argument, anyRun(placeholder)),
        }),
      },
      failures,
    ),
  );
  void failures.guard('TensorBoard', () => tensorBoards.announce());

  const milliseconds = performance.now() - begun;
  log.debug(`Activated in ${milliseconds.toFixed(1)} ms.`);
  return { milliseconds };
}
