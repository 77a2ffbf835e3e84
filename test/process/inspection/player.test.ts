import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listCheckpoints } from '../../../src/runs/checkpoints';
import type { FromPlayer, PlayerTask, ToPlayer } from '../../../src/inspection/protocol';
import { cellCorner, layOutCells } from '../../../src/shared/gridLayout';
import type { NetworkQuestion } from '../../../src/shared/inspectionQuestions';
import { newRun, trainToEnd } from '../trainer/tinyRun';

/** The thread as it is packed, with nothing beside it but what it needs. */

const dist = path.resolve(import.meta.dirname, '../../../dist');
let folder: string;
let checkpoint: string;
let thread: Thread;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-player-'));
  const beside = readdirSync(dist).filter((name) => /^(player|probe)\.cjs$|\.wasm$/.test(name));
  mkdirSync(path.join(folder, 'dist'));
  for (const name of [...beside, 'emoji-32']) {
    cpSync(path.join(dist, name), path.join(folder, 'dist', name), { recursive: true });
  }
  const run = await newRun({ steps: 3, seed: 5 });
  await trainToEnd(run);
  [{ file: checkpoint }] = await listCheckpoints(run);
});
afterEach(() => thread.end());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A player, which answers one question after the other. */
class Thread {
  private readonly worker: Worker;
  private asked = 0;

  constructor(file: string) {
    const workerData: PlayerTask = { file };
    this.worker = new Worker(path.join(folder, 'dist/player.cjs'), { workerData });
  }

  async ask(question: NetworkQuestion): Promise<FromPlayer> {
    const ask = this.asked++;
    const sent: ToPlayer = { type: 'ask', ask, question };
    return new Promise((resolve, reject) => {
      this.worker.on('error', reject);
      this.worker.on('message', (message: FromPlayer) => {
        if (message.ask === ask) resolve(message);
      });
      this.worker.postMessage(sent);
    });
  }

  end(): Promise<number> {
    return this.worker.terminate();
  }
}

describe('the thread that plays a checkpoint', () => {
  it('draws the very pixels of `sn-gan sample`, and answers in the order of questions', async () => {
    const [count, seed] = [10, 3];
    thread = new Thread(checkpoint);
    const [samples, gradients] = await Promise.all([
      thread.ask({ kind: 'samples', seed, count }),
      thread.ask({ kind: 'gradients', images: 8, seed }),
    ]);
    expect(gradients).toMatchObject({ type: 'answer', answer: { kind: 'gradients' } });
    if (samples.type !== 'answer' || samples.answer.kind !== 'picture')
      throw new Error('no picture');
    const { rgb, size, columns } = samples.answer;

    const out = path.join(folder, 'samples.png');
    const flags = ['-n', String(count), '--seed', String(seed), '--out', out, '--runtime', 'wasm'];
    execFileSync(process.execPath, [path.join(dist, 'cli.cjs'), 'sample', checkpoint, ...flags], {
      stdio: 'ignore',
    });
    const png = PNG.sync.read(readFileSync(out));
    const layout = layOutCells(count, size, size);
    expect([layout.columns, layout.width, layout.height]).toEqual([columns, png.width, png.height]);
    let different = 0;
    for (let i = 0; i < count; i++) {
      const { left, top } = cellCorner(layout, i);
      for (let at = 0; at < size * size * 3; at++) {
        const [x, y] = [Math.floor((at % (size * 3)) / 3), Math.floor(at / (size * 3))];
        const ours = ((Math.floor(i / columns) * size + y) * columns + (i % columns)) * size + x;
        const theirs = (top + y) * png.width + left + x;
        if (rgb[3 * ours + (at % 3)] !== png.data[4 * theirs + (at % 3)]) different++;
      }
    }
    expect(different).toBe(0);
    expect(new Set(rgb).size).toBeGreaterThan(20);
  });

  it.each([
    ['is not there', undefined],
    ['is no checkpoint', Buffer.from('not a checkpoint')],
    ['is torn', 'torn'],
  ] as const)(
    'refuses every question in one sentence where the file %s',
    async (name, contents) => {
      const file = path.join(folder, `${name}.safetensors`);
      if (contents === 'torn') writeFileSync(file, readFileSync(checkpoint).subarray(0, -100));
      else if (contents) writeFileSync(file, contents);
      thread = new Thread(file);
      for (const seed of [1, 2]) {
        const refused = await thread.ask({ kind: 'samples', seed, count: 1 });
        expect(refused).toMatchObject({ type: 'refused', ask: seed - 1 });
        expect('why' in refused && refused.why).toContain(file);
      }
    },
  );
});
