import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../../src/runs/safetensors';
import { runCommand, startOnTerminal, temporaryFolder } from './command';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/weights');
const fixture = (name: string): string => path.join(fixtures, name);

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What `inspect` prints. */
async function inspected(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(folder, 'inspect', ...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

describe('sn-gan inspect, of anybody’s file', () => {
  it('marks what is guessed, says how to correct it, and takes corrections', async () => {
    const guessed = await inspected(fixture('chainer.npz'));
    expect(guessed).toMatch(/^block1\/c1 +conv 3x3\? s1\? p1\? 32x32\?/m);
    expect(guessed).toContain('--correct block1/c1.stride=2');
    const corrected = await inspected(
      fixture('chainer.npz'),
      ...['--correct', 'block1/c1.inputSize=16', '--correct', 'block1/c1.padding=1,1'],
    );
    expect(corrected).toMatch(/^block1\/c1 +conv 3x3\? s1\? p1 16x16 /m);
    expect(corrected).toMatch(/^block2\/c1 +conv 3x3\? s1\? p1\? 8x8\?/m);
  });

  it('tells all of one layer, with every bound named', async () => {
    const told = await inspected(fixture('pytorch-hook.pt'), '--layer', 'block1.c1');
    expect(told).toMatch(/^ +all values +(0\.\d+ ){6}\(6\)$/m);
    expect(told).toMatch(/^ +true norm of W +≈ [\d.]+ \(relative tolerance/m);
    expect(told.match(/^ +bound of W +≤/gm)).toHaveLength(5);
    expect(told).not.toContain('block1.c2');
  });

  it('compares files of several formats in columns, layer by layer', async () => {
    const told = await inspected(fixture('chainer.npz'), fixture('pytorch-hook-f16.pt'));
    expect(told).toMatch(/^A {2}.*chainer\.npz\nB {2}.*pytorch-hook-f16\.pt$/m);
    expect(told).toMatch(/^block1\.c1 +≈ \d\.\d+ +≈ \d\.\d+$/m);
    expect(told).toMatch(/^guaranteed +≤ [\d.]+ +≤ [\d.]+$/m);
  });

  it('prints all singular values as JSON, and takes the folder of a TensorFlow.js model', async () => {
    const { layers } = JSON.parse(await inspected(fixture('tfjs-layers'), '--json')) as {
      layers: { name: string; spectrum: { values: number[] } }[];
    };
    expect(layers.map(({ name, spectrum }) => [name, spectrum.values.length])).toEqual([
      ['block1_c1', 6],
      ['l5', 1],
    ]);
  });

  it('refuses what it cannot use with one sentence and code 2', async () => {
    const file = fixture('chainer.npz');
    const cases: [string[], string][] = [
      [[fixture('README.md')], 'is of no format that is known here'],
      [[path.join(folder, 'gone.pt')], 'gone.pt'],
      [[file, '--layer', 'nope'], 'has no layer "nope"; it has block1/c1'],
      [[file, '--correct', 'l5'], '"l5" is no correction'],
      [[file, '--correct', 'l5.colour=2'], 'colour cannot be corrected'],
      [[file, '--correct', 'l5.stride=0'], '0 is no whole number from 1'],
      [[file, '--correct', 'l5.kind=lstm'], 'a kind is one of dense'],
    ];
    for (const [args, why] of cases) {
      const { code, stdout, stderr } = await runCommand(folder, 'inspect', ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^sn-gan: .*\n$/);
      expect(stderr).toContain(why);
    }
  });
});

describe('sn-gan inspect, while it computes', () => {
  it('ends at once by Ctrl-C, in the midst of a long decomposition', async () => {
    const data = Float32Array.from({ length: 2000 * 2000 }, (_, i) => Math.sin(i * i));
    mkdirSync(path.join(folder, 'large'));
    const file = path.join(folder, 'large', 'large.safetensors');
    await writeSafetensors(file, [{ name: 'd.fc.weight', shape: [2000, 2000], data }], {});
    const command = startOnTerminal(folder, 'inspect', file, '--full');
    // The first part is done: the second is the decomposition, which takes half a minute.
    await command.shows(/ 1\/\d parts/);
    command.signal('SIGINT');
    const { code, signal, stdout, stderr } = await command.ended;
    expect({ code, signal, stdout }).toEqual({ code: 130, signal: null, stdout: '' });
    expect(stderr).toContain('Interrupted.\n');
  });
});
