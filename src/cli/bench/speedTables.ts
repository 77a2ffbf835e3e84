import { sharesOfLoggedValues, sharesOfSpectralNorm } from '../../bench/extras';
import type { BenchReport, Overhead } from '../../bench/report';
import type { Comparison, ParticipantResult } from '../../bench/speed';
import { shareOfLogging } from '../../bench/tasks';
import { bytes, count, milliseconds, ratio, seconds, share, shares } from './figures';
import type { ResultTable } from './resultTable';

/** The tables of the comparison, one a case, and that of what a training takes beside its steps. */
export function speedTables({ comparisons, overheads }: BenchReport): ResultTable[] {
  return [
    ...comparisons.map(comparisonTable),
    ...(overheads.length > 0 ? [overheadTable(overheads)] : []),
  ];
}

function comparisonTable({ title, participants, absent }: Comparison): ResultTable {
  const peer = participants.find(({ kind }) => kind === 'peer');
  const compared = participants.filter((each) => each.ratio !== null);
  return {
    title,
    header: [
      '',
      's/step',
      'min',
      'images/s',
      'GFLOPS',
      ...(compared.length > 0 ? [`/ ${peer?.name}`, 'of min'] : []),
      'calls/step',
      'memory',
      'first step',
      'compiling',
    ],
    rows: participants.map((each) => [
      nameOf(each),
      seconds(each.medianSeconds),
      seconds(each.minSeconds),
      count(each.imagesPerSecond),
      count(each.gflops),
      ...(compared.length > 0 ? [ratio(each.ratio?.median), ratio(each.ratio?.min)] : []),
      count(each.nativeCalls),
      bytes(each.peakBytes),
      each.startSeconds === null ? '–' : `${each.startSeconds.toFixed(1)} s`,
      each.compiling
        ? `${each.compiling.seconds.toFixed(1)} s, ${bytes(each.compiling.bytes)}`
        : '–',
    ]),
    notes: absent.map(({ name, reason }) => `Without ${name}: ${reason}`),
  };
}

function nameOf({ name, version, form, kind }: ParticipantResult): string {
  return kind === 'peer' ? `${name} (${version}, ${form})` : `${name} ${version}, ${form}`;
}

function overheadTable(overheads: readonly Overhead[]): ResultTable {
  return {
    title: 'Beside the bare steps',
    header: [
      '',
      'spectral norm',
      'values to log',
      'data',
      'log line',
      'grid',
      'logging share',
      'checkpoint',
      'memory',
      'first step',
    ],
    rows: overheads.map(({ runtime, title, extras, tasks }) => [
      `${runtime}: ${title}`,
      shares(extras && sharesOfSpectralNorm(extras)),
      shares(extras && sharesOfLoggedValues(extras)),
      share(tasks && tasks.dataMs / tasks.stepMs),
      milliseconds(tasks && tasks.logMs),
      milliseconds(tasks && tasks.gridMs),
      share(tasks && shareOfLogging(tasks)),
      milliseconds(tasks && tasks.checkpointMs),
      bytes(tasks && tasks.peakBytes),
      tasks ? `${tasks.startSeconds.toFixed(1)} s` : '–',
    ]),
    notes: [
      'Spectral norm: what a step takes more than one without it, and values to log: what a step takes more of which they are computed; both in turns, by medians / by the shortest steps. The rest is of a training of the trainer that logs every step. Logging share: writing a line every step and drawing a grid every hundred. Checkpoint: how long it keeps the next step waiting. First step: from the start of the process.',
      ...overheads.flatMap(({ runtime, title, remark }) =>
        remark === null ? [] : [`${runtime}: ${title}: ${remark}.`],
      ),
    ],
  };
}
