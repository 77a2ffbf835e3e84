import { stat } from 'node:fs/promises';
import path from 'node:path';
import { explainingDiskErrors } from '../../runs/diskErrors';
import { ScalarColumns } from '../../runs/scalarColumns';
import type { Rows } from '../../shared/dashboard';
import type { FileListing } from '../../shared/inspection';
import type { HistoryAnswer } from '../../shared/inspectionQuestions';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';

/** What the trainer logs for each layer, and where it goes. */
const groups = { sigmaBar: 'layers', lambda: 'lambdas', stableRank: 'stableRanks' } as const;

/**
 * What the trainer logged of every layer of D over the run, at the steps that have any of it.
 *
 * @throws UserError where the file belongs to no run, or the log cannot be read
 */
export async function answerHistory({ own, file }: FileListing): Promise<HistoryAnswer> {
  if (own?.run === undefined) throw new UserError(`${file} lies in no run, so it has no history.`);
  const log = path.join(own.run, runFile.scalars);
  await explainingDiskErrors('read', log, () => stat(log));
  const columns = new ScalarColumns(log);
  const chunks: Rows[] = [];
  for (let rows = await columns.read(); rows; rows = await columns.read()) {
    // A trainer that resumed meanwhile has replaced the file: what was read is void.
    if (rows.from === 0) chunks.length = 0;
    chunks.push(rows);
    if (rows.from + rows.steps.length >= rows.total) break;
  }
  return historyOf(chunks);
}

function historyOf(chunks: readonly Rows[]): HistoryAnswer {
  const kept = chunks.map((rows) => ({ rows, indices: rowsWithHistory(rows) }));
  const length = kept.reduce((sum, { indices }) => sum + indices.length, 0);
  const steps = new Float64Array(length);
  const series = {
    layers: {} as Record<string, Float64Array>,
    lambdas: {} as Record<string, Float64Array>,
    stableRanks: {} as Record<string, Float64Array>,
  };
  let at = 0;
  for (const { rows, indices } of kept) {
    indices.forEach((index, i) => {
      steps[at + i] = rows.steps[index];
    });
    for (const [tag, column] of Object.entries(rows.columns)) {
      const found = layerOfTag(tag);
      if (!found) continue;
      const target = (series[groups[found.group]][found.layer] ??= new Float64Array(length).fill(
        NaN,
      ));
      indices.forEach((index, i) => {
        target[at + i] = column[index];
      });
    }
    at += indices.length;
  }
  return { kind: 'history', steps, ...series };
}

/** Indices of the rows in which any layer has a value. */
function rowsWithHistory({ steps, columns }: Rows): number[] {
  const told = Object.entries(columns)
    .filter(([tag]) => layerOfTag(tag))
    .map(([, column]) => column);
  return Array.from(steps.keys()).filter((row) =>
    told.some((column) => !Number.isNaN(column[row])),
  );
}

function layerOfTag(tag: string): { group: keyof typeof groups; layer: string } | undefined {
  const slash = tag.indexOf('/');
  const group = tag.slice(0, slash);
  return Object.hasOwn(groups, group)
    ? { group: group as keyof typeof groups, layer: tag.slice(slash + 1) }
    : undefined;
}
