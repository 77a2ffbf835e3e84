import * as vscode from 'vscode';
import { actionsOf, type RunAction } from '../../../shared/runActions';
import { UserError } from '../../../shared/userError';
import { nameOf, type ListedRun } from '../../runs/listedRun';
import type { RunList } from '../../runs/runList';
import type { Supervisor } from '../../supervisor/supervisor';
import { faceIcon } from '../faceIcon';
import { folderFrom, foldersFrom } from '../nodes';
import type { RunExplorer } from '../runExplorer';
import { faceOf, faceWord, RunText } from '../runText';
import { meantRun } from './meantRun';

/** What the commands about runs need of dashboards. */
export interface Dashboards {
  /** The primary run of the dashboard that is the active editor. */
  readonly active: string | undefined;
  open(folders: readonly string[]): void;
}

/** What a command can be about, and what is said where there is nothing. */
export interface Question {
  /** Above the list to choose from. */
  readonly title: string;
  readonly eligible: (run: ListedRun) => boolean;
  /** A sentence for when no run is eligible. */
  readonly none: string;
}

/** Every run will do. */
export function anyRun(title: string): Question {
  return {
    title,
    eligible: () => true,
    none: vscode.l10n.t('There is no run yet; train one with "SN-GAN: Train".'),
  };
}

interface RunItem extends vscode.QuickPickItem {
  readonly run: ListedRun;
}

/** Finds out which run a command is about: from what it was called for, or by asking. */
export class RunChooser {
  private readonly text = new RunText(vscode.env.language);

  constructor(
    private readonly runs: RunList,
    private readonly supervisor: Supervisor,
    private readonly explorer: Pick<RunExplorer, 'selection'>,
    private readonly dashboards: Pick<Dashboards, 'active'>,
  ) {}

  /**
   * One run.
   *
   * @param argument what the command was called with: an element of the tree, a path, several paths
   *   to choose from, or nothing
   * @returns undefined where the person thought better of it
   * @throws UserError where there is none to choose from, or the one that is meant has gone
   */
  async one(argument: unknown, question: Question): Promise<ListedRun | undefined> {
    await this.runs.ready;
    const folder = folderFrom(argument);
    if (folder !== undefined) return this.known(folder);
    if (Array.isArray(argument)) {
      const offered = this.runs.runs.filter((run) => argument.includes(run.folder));
      return this.ask(offered, question.title);
    }
    const eligible = this.eligible(question);
    const { active } = this.dashboards;
    const meant = meantRun({ eligible, dashboard: active, selected: this.explorer.selection });
    return meant ?? (await this.ask(eligible, question.title));
  }

  /**
   * The runs with which something can be done: of several that are selected in the tree those that
   * can do it now; else one, as {@link one} finds it.
   *
   * @param selected what is selected in the tree, as VS Code passes it to commands of its menus
   * @returns none where the person thought better of it
   * @throws UserError where there is none
   */
  async severalForAction(
    argument: unknown,
    selected: unknown,
    action: RunAction,
  ): Promise<readonly ListedRun[]> {
    const none = vscode.l10n.t('There is no run that can do this now.');
    const folders = foldersFrom(argument, selected);
    if (folders.length > 1) {
      const selectedRuns = this.runs.runs.filter(({ folder }) => folders.includes(folder));
      const able = selectedRuns.filter((run) => this.can(run, action));
      if (able.length === 0) throw new UserError(none);
      return able;
    }
    const run = await this.one(argument, {
      title: titles()[action],
      eligible: (each) => this.can(each, action),
      none,
    });
    return run ? [run] : [];
  }

  /**
   * Any number of runs.
   *
   * @param selected what is selected in the tree, as VS Code passes it to commands of its menus
   * @returns none where the person thought better of it
   * @throws UserError where there is none to choose from
   */
  async several(
    argument: unknown,
    selected: unknown,
    question: Question,
  ): Promise<readonly ListedRun[]> {
    await this.runs.ready;
    const folders = foldersFrom(argument, selected);
    if (folders.length > 0) return folders.map((folder) => this.known(folder));
    const inView = this.explorer.selection.filter(question.eligible);
    if (inView.length > 0) return inView;
    return this.askForSeveral(this.eligible(question), question.title);
  }

  /**
   * Lets the person choose runs to compare with.
   *
   * @param shown folders of runs that need not be offered
   * @returns their folders; none where the person thought better of it
   */
  async chooseRuns(shown: readonly string[]): Promise<readonly string[]> {
    await this.runs.ready;
    const others = this.eligible({
      title: '',
      eligible: ({ folder }) => !shown.includes(folder),
      none: vscode.l10n.t('There is no other run to compare with; train another one first.'),
    });
    const chosen = await this.askForSeveral(others, vscode.l10n.t('Compare With'));
    return chosen.map(({ folder }) => folder);
  }

  /**
   * The runs to show in one dashboard: those selected; else the one meant and others beside it.
   *
   * @returns their folders; none where the person thought better of it
   */
  async toCompare(argument: unknown, selected: unknown): Promise<readonly string[]> {
    await this.runs.ready;
    const given = foldersFrom(argument, selected);
    if (given.length > 1) return given;
    const inView = this.explorer.selection.map(({ folder }) => folder);
    if (given.length === 0 && inView.length > 1) return inView;
    const first = given.at(0) ?? this.dashboards.active ?? inView.at(0);
    if (first === undefined) {
      const question = anyRun(vscode.l10n.t('Compare Runs'));
      const chosen = await this.askForSeveral(this.eligible(question), question.title);
      return chosen.map(({ folder }) => folder);
    }
    const others = await this.chooseRuns([first]);
    return others.length > 0 ? [first, ...others] : [];
  }

  private async askForSeveral(
    runs: readonly ListedRun[],
    title: string,
  ): Promise<readonly ListedRun[]> {
    const chosen = await vscode.window.showQuickPick(this.items(runs), {
      title,
      placeHolder: vscode.l10n.t('Choose runs'),
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return (chosen ?? []).map(({ run }) => run);
  }

  /** Whether something can be done with a run now. */
  can(run: ListedRun, action: RunAction): boolean {
    const control = this.supervisor.control(run.folder);
    return actionsOf(run.status, control, vscode.workspace.isTrusted).includes(action);
  }

  private async ask(runs: readonly ListedRun[], title: string): Promise<ListedRun | undefined> {
    const chosen = await vscode.window.showQuickPick(this.items(runs), {
      title,
      placeHolder: vscode.l10n.t('Choose a run'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return chosen?.run;
  }

  private eligible({ eligible, none }: Question): readonly ListedRun[] {
    const runs = this.runs.runs.filter(eligible);
    if (runs.length === 0) throw new UserError(none);
    return runs;
  }

  private known(folder: string): ListedRun {
    const run = this.runs.find(folder);
    if (run) return run;
    throw new UserError(
      vscode.l10n.t('{0} is no run that can be read; refresh the list of runs.', folder),
    );
  }

  private items(runs: readonly ListedRun[]): RunItem[] {
    return runs.map((run) => ({
      label: nameOf(run),
      description: `${faceWord(run)} · ${this.text.steps(run.identity.progress)}`,
      detail: this.text.date(run.identity.created),
      iconPath: faceIcon(faceOf(run)),
      run,
    }));
  }
}

function titles(): Readonly<Record<RunAction, string>> {
  return {
    pause: vscode.l10n.t('Pause'),
    resume: vscode.l10n.t('Resume'),
    stop: vscode.l10n.t('Stop'),
    checkpoint: vscode.l10n.t('Save Checkpoint Now'),
    sample: vscode.l10n.t('Draw Samples Now'),
    takeControl: vscode.l10n.t('Take Control'),
  };
}
