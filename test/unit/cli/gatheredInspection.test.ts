import { describe, expect, it } from 'vitest';
import { GatheredInspection, type Wanted } from '../../../src/cli/inspect/gatheredInspection';
import type { FromInspector } from '../../../src/inspection/protocol';
import type { FileListing, LayerNumbers } from '../../../src/shared/inspection';

const all: Wanted = { only: [], costly: [], generators: false };
const listing: FileListing = {
  file: '/checkpoint.safetensors',
  format: 'safetensors',
  bytes: 0,
  writer: 'sn-gan',
  tensors: [],
  metadata: {},
  layers: [],
  networks: [
    { name: 'd', role: 'discriminator', layers: ['d.fc'], structureGuessed: false },
    { name: 'g', role: 'generator', layers: ['g.fc', 'g.conv'], structureGuessed: false },
  ],
  flaws: [],
};
const weight: LayerNumbers = {
  weight: {
    frobenius: 1,
    largest: 1,
    mean: 0,
    nan: 0,
    infinite: 0,
    histogram: { from: 0, to: 1, counts: [1] },
    estimate: 1,
  },
};
const refused: LayerNumbers = { ...weight, refused: 'Came too late.' };

const begins = (doing: 'weights' | 'spectra' | 'operators', layer: string): FromInspector => ({
  type: 'state',
  state: { kind: 'working', doing, layer, done: 1, total: 9 },
});
const numbers = (layer: string, of: LayerNumbers): FromInspector => ({
  type: 'numbers',
  layer,
  numbers: of,
});

/** What is kept of the messages, and after which of them nothing more was wanted. */
function gather(wanted: Wanted, messages: readonly FromInspector[]) {
  const progress: [number, number][] = [];
  const gathered = new GatheredInspection(wanted, (...heard) => progress.push(heard));
  const enough = messages.map((message) => gathered.take(message));
  return { gathered, enough: enough.indexOf(true), progress };
}

describe('GatheredInspection', () => {
  const messages = [
    { type: 'listing', listing },
    numbers('g.fc', weight),
    begins('operators', 'd.fc'),
    begins('operators', 'g.fc'),
    numbers('g.fc', refused),
    { type: 'refused', why: 'Came too late as well.' },
  ] as const satisfies readonly FromInspector[];

  it('keeps nothing that arrives after the norms of generators have begun', () => {
    const { gathered, enough, progress } = gather(all, messages);
    expect(enough).toBe(3);
    expect(gathered.numbers).toEqual(new Map([['g.fc', weight]]));
    expect(progress).toEqual([[1, 9]]);
  });

  it('goes on where norms of generators are wanted', () => {
    const { gathered, enough, progress } = gather(
      { ...all, generators: true },
      messages.slice(0, 5),
    );
    expect(enough).toBe(-1);
    expect(gathered.numbers).toEqual(new Map([['g.fc', refused]]));
    expect(progress).toHaveLength(2);
  });

  it('keeps nothing of layers that come after those that were asked for', () => {
    const { gathered, enough, progress } = gather({ ...all, only: ['g.conv'] }, [
      { type: 'listing', listing },
      begins('operators', 'g.conv'),
      numbers('g.conv', weight),
      begins('weights', 'd.fc'),
      numbers('d.fc', weight),
    ]);
    expect(enough).toBe(3);
    expect([...gathered.numbers.keys()]).toEqual(['g.conv']);
    expect(progress).toEqual([[1, 4]]);
  });

  it('hears no more of a file that cannot be read, and why', () => {
    const { gathered, enough } = gather(all, [
      { type: 'refused', why: 'The file is torn.' },
      { type: 'refused', why: 'Came too late.' },
    ]);
    expect(enough).toBe(0);
    expect(gathered.refused).toBe('The file is torn.');
  });
});
