import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BenchCase } from '../../../src/bench/benchCase';
import { ProcessEnded } from '../../../src/bench/lineProcess';
import { startPeer } from '../../../src/bench/startPeer';

const script = path.resolve(import.meta.dirname, '../../fixtures/bench/peer.mjs');
const peer = { script, python: 'python3' };
const cnn: BenchCase = {
  network: 'cnn',
  batch: 64,
  width: 1,
  precision: 'bf16',
  spectralNorm: true,
};

afterEach(() => vi.unstubAllEnvs());

describe('a peer', () => {
  it('is told the case, warms up once, and makes as many steps as it is asked for', async () => {
    const started = await startPeer({ ...peer, device: 'ink' }, { ...cnn, network: 'resnet' });
    expect(started.facts).toMatchObject({
      name: 'peer.mjs',
      kind: 'peer',
      version: 'resnet best bf16 64',
      device: 'ink',
    });
    expect(started.warmSeconds).toBe(0.01);
    expect(await started.round(3)).toEqual({ steps: 3, medianSeconds: 2, minSeconds: 1 });
    expect(await started.round(1)).toEqual({ steps: 1, medianSeconds: 1, minSeconds: 1 });
    expect(started.peakBytes).toBe(1e6);
    await started.close();
  });

  it('is started anew for every round when it does not know --interactive', async () => {
    vi.stubEnv('PEER', 'once');
    const started = await startPeer(peer, cnn);
    expect(started.facts.version).toBe('cnn best bf16 64');
    expect(await started.round(7)).toEqual({ steps: 7, medianSeconds: 7, minSeconds: 0.5 });
    await started.close();
  });

  it('that cannot run says why in its last words', async () => {
    vi.stubEnv('PEER', 'missing');
    await expect(startPeer(peer, cnn)).rejects.toThrow("No module named 'torch'");
  });

  it('whose language is not installed says so', async () => {
    const snake = { script: 'peer.py', python: 'no-such-python' };
    await expect(startPeer(snake, cnn)).rejects.toThrow(/^no-such-python cannot be run/);
  });

  it('that answers nonsense is no defect of ours', async () => {
    vi.stubEnv('PEER', 'nonsense');
    const started = await startPeer(peer, cnn);
    await expect(started.round(1)).rejects.toThrow(ProcessEnded);
    await started.close();
  });

  it('ends at once when the measurement is aborted', async () => {
    const aborted = new AbortController();
    const started = await startPeer(peer, cnn, aborted.signal);
    aborted.abort();
    await expect(started.round(1)).rejects.toThrow(ProcessEnded);
    await started.close();
  });
});
