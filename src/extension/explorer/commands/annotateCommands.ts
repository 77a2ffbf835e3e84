import * as vscode from 'vscode';
import { readAnnotations, writeAnnotations } from '../../../runs/annotations';
import type { Annotations } from '../../../shared/runFolder';
import { commandId } from '../../contributions';
import { nameOf, type ListedRun } from '../../runs/listedRun';
import type { RunCommandParts, RunCommands } from './runCommands';
import { anyRun } from './runChooser';

const MAX_NAME = 120;

/** Commands that write down what a person thinks of a run, and how the view shows runs. */
export function annotateCommands({
  chooser,
  explorer,
  runs,
}: RunCommandParts): Pick<
  RunCommands,
  | 'snGan.renameRun'
  | 'snGan.starRun'
  | 'snGan.unstarRun'
  | 'snGan.noteRun'
  | 'snGan.groupByDate'
  | 'snGan.groupByConfig'
> {
  const annotate = async (
    { folder }: ListedRun,
    change: (before: Annotations) => Annotations,
  ): Promise<void> => {
    // Read anew: another window may have written since this one looked.
    await writeAnnotations(folder, change(await readAnnotations(folder)));
    await runs.reread(folder);
  };
  const starring =
    (starred: boolean, title: string) =>
    async (argument: unknown, selected: unknown): Promise<void> => {
      const chosen = await chooser.several(argument, selected, {
        ...anyRun(title),
        eligible: (run) => (run.annotations.starred ?? false) !== starred,
      });
      for (const run of chosen) {
        await annotate(run, ({ starred: _, ...rest }) => (starred ? { ...rest, starred } : rest));
      }
    };
  return {
    [commandId.renameRun]: async (argument: unknown) => {
      const run = await chooser.one(argument, anyRun(vscode.l10n.t('Rename Run')));
      const name = run && (await askForName(run));
      if (run === undefined || name === undefined) return;
      const isOwn = name === '' || name === run.identity.name;
      await annotate(run, ({ name: _, ...rest }) => (isOwn ? rest : { ...rest, name }));
    },
    [commandId.noteRun]: async (argument: unknown) => {
      const run = await chooser.one(argument, anyRun(vscode.l10n.t('Edit Note')));
      const note = run && (await askForNote(run));
      if (run === undefined || note === undefined) return;
      await annotate(run, ({ note: _, ...rest }) => (note === '' ? rest : { ...rest, note }));
    },
    [commandId.starRun]: starring(true, vscode.l10n.t('Star Runs')),
    [commandId.unstarRun]: starring(false, vscode.l10n.t('Remove Stars')),
    [commandId.groupByDate]: () => explorer.groupBy('date'),
    [commandId.groupByConfig]: () => explorer.groupBy('config'),
  };
}

async function askForName(run: ListedRun): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', nameOf(run)),
    prompt: vscode.l10n.t('Leave it empty to call the run "{0}" again.', run.identity.name),
    value: nameOf(run),
    validateInput: (text) =>
      text.trim().length > MAX_NAME
        ? vscode.l10n.t('A name has at most {0} characters.', MAX_NAME)
        : undefined,
  });
  return name?.trim();
}

async function askForNote(run: ListedRun): Promise<string | undefined> {
  const note = await vscode.window.showInputBox({
    title: vscode.l10n.t('Note on {0}', nameOf(run)),
    prompt: vscode.l10n.t('What you want to remember; leave it empty for no note.'),
    // An input box has one line.
    value: (run.annotations.note ?? '').replaceAll(/\s*\n\s*/g, ' '),
  });
  return note?.trim();
}
