import type { GrownStep } from '../../bench/growth/growthOfStep';
import type { LoadedFolder } from '../../bench/growth/loadFolder';
import type { LongRun } from '../../bench/growth/longRun';
import type { BenchReport } from '../../bench/report';
import { bytes, count, milliseconds, seconds } from './figures';
import type { ResultTable } from './resultTable';

/** The tables of what grows, as far as it was measured. */
export function growthTables({ growth }: BenchReport): ResultTable[] {
  if (growth === null) return [];
  const { batch, width, steps, folders } = growth;
  return [
    ...(batch.length > 0 ? [stepTable('Batch', batch, (step) => step.batch)] : []),
    ...(width.length > 0 ? [stepTable('Width', width, (step) => step.width)] : []),
    ...steps.map(longRunTable),
    ...(folders.length > 0 ? [folderTable(folders)] : []),
  ];
}

function stepTable(
  what: string,
  grown: readonly GrownStep[],
  sizeOf: (step: GrownStep) => number,
): ResultTable {
  return {
    title: `${what}: the Table 3 CNN, f32`,
    header: [what.toLowerCase(), 's/step', 'min', 'images/s', 'GFLOPS', 'memory'],
    rows: grown.map((step) => [
      `${step.runtime} ${sizeOf(step)}`,
      seconds(step.medianSeconds),
      seconds(step.minSeconds),
      count(step.imagesPerSecond),
      count(step.gflops),
      bytes(step.peakBytes),
    ]),
    notes: [],
  };
}

function longRunTable({ runtime, steps, batch, width, tenths }: LongRun): ResultTable {
  return {
    title: `${count(steps)} steps: the quick network, width ${width}, batch ${batch}, ${runtime}`,
    header: ['up to step', 'a step', 'memory', 'tensors'],
    rows: tenths.map(({ step, stepMs, rssBytes, tensors }) => [
      count(step),
      milliseconds(stepMs),
      bytes(rssBytes),
      count(tensors),
    ]),
    notes: [],
  };
}

function folderTable(folders: readonly LoadedFolder[]): ResultTable {
  return {
    title: 'Folders of 32x32 PNG images',
    header: ['images', 'loading', 'images/s', 'memory before', 'peak', 'after', 'batch of 64'],
    rows: folders.map((each) => [
      count(each.images),
      `${seconds(each.seconds)} s`,
      count(each.images / each.seconds),
      bytes(each.bytesBefore),
      bytes(each.peakBytes),
      bytes(each.bytesAfter),
      milliseconds(each.batchMs),
    ]),
    notes: [],
  };
}
