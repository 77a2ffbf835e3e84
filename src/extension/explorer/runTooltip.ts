import * as vscode from 'vscode';
import { explainDeadRun } from '../../runs/deadRun';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { faceIconText } from './faceIcon';
import { faceOf, faceWord, type RunText } from './runText';
import { newestGrid } from './thumbnail';

/** Everything about a run that a glance may want, with its newest samples. */
export async function runTooltip(run: ListedRun, text: RunText): Promise<vscode.MarkdownString> {
  const tooltip = new vscode.MarkdownString('', true);
  const { identity, annotations } = run;
  const { progress, runtime } = identity;
  const paragraph = (...lines: readonly (string | undefined)[]): void => {
    const given = lines.filter((line) => line !== undefined && line !== '');
    given.forEach((line, i) => {
      tooltip.appendText(line ?? '');
      tooltip.appendMarkdown(i < given.length - 1 ? '  \n' : '\n\n');
    });
  };
  tooltip.appendMarkdown('**');
  tooltip.appendText(nameOf(run));
  tooltip.appendMarkdown(`**${annotations.starred ? ' $(star-full)' : ''}\n\n`);
  tooltip.appendMarkdown(`${faceIconText(faceOf(run)).replace('~spin', '')} `);
  paragraph(await stateSentence(run));
  const isRunning = faceOf(run) === 'running';
  const left = isRunning ? text.remaining(progress) : undefined;
  paragraph(
    vscode.l10n.t('Step {0} ({1})', text.steps(progress), text.share(progress)),
    isRunning ? text.speed(progress) : undefined,
    left && vscode.l10n.t('about {0} left', left),
    losses(run, text),
  );
  paragraph(
    vscode.l10n.t('Made {0}', text.date(identity.created)),
    runtime && vscode.l10n.t('Runtime: {0}, {1}', runtime.name, runtime.device),
  );
  paragraph(annotations.note);
  const grid = await newestGrid(run.folder);
  if (grid) tooltip.appendMarkdown(`![${vscode.l10n.t('Newest samples')}](${grid})`);
  return tooltip;
}

async function stateSentence(run: ListedRun): Promise<string> {
  const word = faceWord(run);
  const why = run.status === 'dead' ? await causeOfDeath(run) : run.identity.reason;
  const isOld = run.status === 'running' || run.status === 'paused' || run.status === 'finished';
  return why === undefined || isOld ? word : `${word}: ${why}`;
}

async function causeOfDeath({ folder }: ListedRun): Promise<string | undefined> {
  try {
    return (await explainDeadRun(folder)).sentence;
  } catch {
    return undefined;
  }
}

function losses({ identity }: ListedRun, text: RunText): string | undefined {
  const values = text.losses(identity.progress);
  return values && vscode.l10n.t('Losses: {0}', values);
}
