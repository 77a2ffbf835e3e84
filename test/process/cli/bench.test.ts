import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { benchReportSchema, type BenchReport } from '../../../src/bench/report';
import { runCommand, startCommand, temporaryFolder } from './command';

const peer = path.resolve(import.meta.dirname, '../../fixtures/bench/peer.mjs');
/** A step of milliseconds. */
const tiny = ['--runtime', 'wasm', '--network', 'quick', '--width', '0.05', '--batch', '2'];
const short = ['--precision', 'f32', '--rounds', '2', '--seconds', '0.1'];

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function report(...args: string[]): Promise<BenchReport> {
  const { stdout, stderr, code } = await runCommand(folder, 'bench', ...args, '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return benchReportSchema.parse(JSON.parse(stdout));
}

describe('sn-gan bench', () => {
  it('prints everything that it measured as JSON', async () => {
    const { comparisons, overheads, growth, complete } = await report(
      ...tiny,
      ...short,
      '--peer',
      peer,
    );
    expect({ complete, growth }).toEqual({ complete: true, growth: null });
    const [{ title, participants, absent }] = comparisons;
    expect(title).toBe('quick, width 0.05, batch 2, f32');
    expect(absent).toEqual([]);
    const [other, wasm] = participants;
    expect(other).toMatchObject({ name: 'peer.mjs', kind: 'peer', ratio: null, nativeCalls: null });
    expect(wasm).toMatchObject({ name: 'wasm', kind: 'runtime', form: 'eager', compiling: null });
    expect(wasm.nativeCalls).toBeGreaterThan(100);
    expect(wasm.rounds).toHaveLength(2);
    expect(wasm.minSeconds).toBeLessThanOrEqual(wasm.medianSeconds);
    expect(wasm.imagesPerSecond).toBeCloseTo(2 / wasm.medianSeconds, 6);
    expect(wasm.gflops).toBeCloseTo(Number(wasm.operations) / wasm.medianSeconds / 1e9, 6);
    expect(wasm.ratio?.median).toBeCloseTo(wasm.medianSeconds / other.medianSeconds, 6);

    const [{ extras, tasks, remark }] = overheads;
    expect(remark).toBeNull();
    expect(extras?.step.min).toBeGreaterThan(0);
    expect(tasks?.gridMs).toBeGreaterThan(0);
    expect(tasks?.checkpointMs).toBeGreaterThan(0);
    expect(tasks?.startSeconds).toBeGreaterThan(0);
    expect(tasks?.peakBytes).toBeGreaterThan(1e7);
  });

  it('prints tables, in Markdown too, and says who took no part', async () => {
    const args = [...tiny, ...short, '--steps-only', '--peer', peer, '--markdown'];
    vi.stubEnv('PEER', 'missing');
    const { stdout, stderr, code } = await runCommand(folder, 'bench', ...args);
    expect(code).toBe(0);
    expect(stderr).toContain('starting wasm');
    expect(stdout).toMatch(/^\*\*quick, width 0.05, batch 2, f32\*\*$/m);
    expect(stdout).toMatch(/^\| wasm 4\.\d+\.\d+, eager \| \d/m);
    expect(stdout).toContain("ModuleNotFoundError: No module named 'torch'");
  });

  it('measures how folders of images load', async () => {
    // Where temporary folders are made, on every system.
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
    const { growth } = await report('--growth', 'folders', '--images', '1000', '--runtime', 'wasm');
    expect(growth?.folders).toHaveLength(1);
    expect(growth?.folders[0]).toMatchObject({ images: 1000 });
    expect(readdirSync(folder).filter((name) => name.startsWith('sn-gan-images-'))).toEqual([]);
  });

  it('prints what was measured until Ctrl-C', async () => {
    const command = startCommand(folder, 'bench', ...tiny, '--rounds', '1000', '--json');
    await command.shows(/round 1,/);
    command.signal('SIGINT');
    const { code, stdout } = await command.ended;
    expect(code).toBe(130);
    expect(benchReportSchema.parse(JSON.parse(stdout))).toMatchObject({
      complete: false,
      comparisons: [],
    });
  });

  it('refuses a peer that is not there', async () => {
    const { code, stderr } = await runCommand(folder, 'bench', '--peer', 'nobody.py');
    expect(code).toBe(2);
    expect(stderr).toContain('--peer is nobody.py, which does not exist');
  });
});
