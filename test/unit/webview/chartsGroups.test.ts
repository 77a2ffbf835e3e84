import { describe, expect, it } from 'vitest';
import { groupCharts } from '../../../webview/dashboard/charts/groups';
import { moved, ordered } from '../../../webview/dashboard/charts/order';

const layers = ['conv1', 'conv2', 'conv3', 'dense'];
const tags = [
  'learningRate',
  'gradient/d.conv1',
  'gradient/d',
  'gradient/g.fc',
  'gradient/g',
  'fid/train',
  'loss/g',
  'loss/d',
  ...layers.map((layer) => `sigma/${layer}`),
  'ms/checkpoint',
  'ms/data',
  'ms/update',
  'ms/step',
  'memory/rss',
  'memory/tensors',
];

describe('the charts of a run', () => {
  const groups = groupCharts(tags, false);

  it('are one a group, the most telling first, the unknown before the machine', () => {
    expect(groups.map(({ name }) => name)).toEqual([
      'loss',
      'sigma',
      'gradient',
      'gradient/d',
      'gradient/g',
      'fid',
      'ms',
      'learningRate',
      'memory',
      'memory/tensors',
    ]);
  });

  it('hold every tag once', () => {
    const held = groups.flatMap(({ charts }) => charts.flatMap((chart) => chart.tags));
    expect(held.map(({ tag }) => tag).sort()).toEqual([...tags].sort());
  });

  it('name D before G and the whole step before its parts', () => {
    const labels = (name: string): string[] =>
      groups.find((group) => group.name === name)?.charts[0].tags.map(({ label }) => label) ?? [];
    expect(labels('loss')).toEqual(['D', 'G']);
    expect(labels('ms')).toEqual(['whole step', 'updates', 'data', 'checkpoints']);
    expect(labels('gradient/d')).toEqual(['conv1']);
    expect(labels('learningRate')).toEqual(['Learning rate']);
  });

  it('of tags that nobody knows are named after them', () => {
    const [chart] = groupCharts(['meanPathLength/some.thing'], false)[0].charts;
    expect(chart.title).toBe('Mean path length');
    expect(chart.tags).toEqual([{ tag: 'meanPathLength/some.thing', label: 'some.thing' }]);
  });
});

describe('the charts of a comparison', () => {
  const groups = groupCharts(tags, true);

  it('are one a tag where a group has many', () => {
    const sigma = groups.find(({ name }) => name === 'sigma');
    expect(sigma?.split).toBe(true);
    expect(sigma?.charts.map(({ name, title }) => [name, title])).toEqual(
      layers.map((layer) => [`sigma/${layer}`, layer]),
    );
    expect(groups.find(({ name }) => name === 'loss')?.split).toBe(false);
  });
});

describe('the order of charts', () => {
  it('keeps those that it does not name behind, as they were', () => {
    expect(ordered(['a', 'b', 'c', 'd'], (name) => name, ['c', 'x', 'a'])).toEqual([
      'c',
      'a',
      'b',
      'd',
    ]);
  });

  it.each([
    ['a', 'd', ['b', 'c', 'a', 'd']],
    ['d', 'a', ['d', 'a', 'b', 'c']],
    ['b', undefined, ['a', 'c', 'd', 'b']],
    ['a', 'a', ['b', 'c', 'd', 'a']],
  ])('after %s was put before %s is right', (name, before, expected) => {
    expect(moved(['a', 'b', 'c', 'd'], name, before, [])).toEqual(expected);
  });

  it('of others is left alone', () => {
    expect(moved(['a', 'b'], 'b', 'a', ['x', 'a', 'y'])).toEqual(['b', 'a', 'x', 'y']);
  });
});
