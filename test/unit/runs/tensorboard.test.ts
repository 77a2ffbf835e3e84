import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PbfReader } from 'pbf';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/runs/png';
import { crc32c } from '../../../src/runs/tensorboard/crc32c';
import { histogramOf } from '../../../src/runs/tensorboard/histogram';
import { TensorBoardWriter } from '../../../src/runs/tensorboard/tensorBoardWriter';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-tensorboard-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'run-'));
});
const eventFiles = (): string[] => readdirSync(folder).sort();

describe('crc32c', () => {
  // RFC 3720, appendix B.4, and the check value of the CRC catalogue.
  it.each([
    ['"123456789"', Buffer.from('123456789'), 0xe3069283],
    ['nothing', Buffer.alloc(0), 0],
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
  ])('of %s is the published one', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('histogramOf', () => {
  const countOf = (values: number[]): [number, number][] => {
    const { limits, counts } = histogramOf(values);
    return counts.flatMap((count, i): [number, number][] => (count ? [[limits[i], count]] : []));
  };

  it('counts each value in the bucket whose limits hold it', () => {
    const values = [-1e30, -3, -1e-13, 0, 1e-13, 1e-12, 0.5, 0.5, 1e25, Number.MAX_VALUE];
    const { limits, counts } = histogramOf(values);
    expect(counts.reduce((sum, count) => sum + count)).toBe(values.length);
    limits.forEach((limit, i) => {
      const below = i === 0 ? -Infinity : limits[i - 1];
      const last = limit === Number.MAX_VALUE;
      const inside = values.filter((value) => value >= below && (value < limit || last));
      expect(counts[i]).toBe(inside.length);
    });
  });

  it('has the limits of TensorFlow: powers of 1.1 from 1e-12, zero, and the negatives', () => {
    // The bucket of 1: the power of 1.1 above it, 1e-12 * 1.1^k with the k that logarithms give.
    const k = Math.floor(Math.log(1e12) / Math.log(1.1)) + 1;
    const [[limit, count]] = countOf([1]);
    expect(count).toBe(1);
    // 290 multiplications round the limit by at most 290 * 2^-53 of itself.
    expect(limit / (1e-12 * 1.1 ** k)).toBeCloseTo(1, 12);
    expect(countOf([0])).toEqual([[1e-12, 1]]);
    expect(countOf([-1e-13])).toEqual([[0, 1]]);
  });

  it('makes one empty bucket of many and keeps no empty tail twice', () => {
    const { limits, counts } = histogramOf([1, 1e6]);
    expect(counts).toEqual([0, 1, 0, 1, 0]);
    expect(limits.at(-1)).toBe(Number.MAX_VALUE);
  });

  it('knows the moments', () => {
    expect(histogramOf(Float32Array.of(1, -2, 4))).toMatchObject({
      min: -2,
      max: 4,
      count: 3,
      sum: 3,
      sumOfSquares: 21,
    });
  });

  it('refuses no values, NaN and Infinity', () => {
    for (const values of [[], [1, NaN], [Infinity]]) expect(() => histogramOf(values)).toThrow();
  });
});

/** The records of a TFRecord file, taken apart without our code; every CRC is checked. */
function records(bytes: Buffer): Buffer[] {
  const checked = (part: Buffer, stored: number): void => {
    // Undo the mask and compare with a CRC computed bit by bit.
    const rotated = (stored - 0xa282ead8) >>> 0;
    const crc = ((rotated << 15) | (rotated >>> 17)) >>> 0;
    let expected = 0xffffffff;
    for (const byte of part) {
      expected ^= byte;
      for (let i = 0; i < 8; i++) expected = (expected >>> 1) ^ (expected & 1 ? 0x82f63b78 : 0);
    }
    expect(crc).toBe(~expected >>> 0);
  };
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    checked(bytes.subarray(at, at + 8), bytes.readUInt32LE(at + 8));
    const data = bytes.subarray(at + 12, at + 12 + length);
    checked(data, bytes.readUInt32LE(at + 12 + length));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

/** Top-level fields of an Event as far as they are numbers or strings. */
function eventFields(data: Buffer): Record<string, unknown> {
  const names: Record<number, string> = {
    1: 'wallTime',
    2: 'step',
    3: 'version',
    5: 'summary',
    7: 'session',
  };
  return new PbfReader(data).readFields((field, result: Record<string, unknown>, pbf) => {
    if (field === 1) result[names[field]] = pbf.readDouble();
    if (field === 2) result[names[field]] = pbf.readVarint();
    if (field === 3) result[names[field]] = pbf.readString();
    if (field === 5 || field === 7) result[names[field]] = [...pbf.readBytes()];
  }, {});
}

describe('TensorBoardWriter', () => {
  it('frames each event with its checksums, the version first', async () => {
    const writer = await TensorBoardWriter.open(folder);
    writer.scalars(2 ** 33 + 1, 1.5e9 + 0.25, { 'loss/d': 0.5 });
    writer.close();
    const [name] = eventFiles();
    expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\./);
    const events = records(readFileSync(path.join(folder, name))).map(eventFields);
    expect(events).toEqual([
      {
        wallTime: expect.closeTo(Date.now() / 1000, -2) as number,
        step: 0,
        version: 'brain.Event:2',
      },
      {
        wallTime: 1.5e9 + 0.25,
        step: 2 ** 33 + 1,
        // Value { tag: "loss/d", simple_value: 0.5 }, written out by hand.
        summary: [10, 13, 10, 6, ...Buffer.from('loss/d'), 21, 0, 0, 0, 63],
      },
    ]);
  });

  it('begins a new file for a resumed run, whose name sorts last, and marks the restart', async () => {
    const old = ['events.out.tfevents.0000000001.a.1.0', 'events.out.tfevents.9999999990.z.9.0'];
    for (const name of old) writeFileSync(path.join(folder, name), 'torn');
    (await TensorBoardWriter.open(folder, { dropAfterStep: 20 })).close();
    const names = eventFiles();
    expect(names.slice(0, 2)).toEqual(old);
    expect(names).toHaveLength(3);
    const events = records(readFileSync(path.join(folder, names[2]))).map(eventFields);
    // SessionLog { status: START } at the first step that may come again.
    expect(events[1]).toMatchObject({ step: 21, session: [8, 1] });
  });

  it('names the tag of a histogram that holds NaN', async () => {
    const writer = await TensorBoardWriter.open(folder);
    expect(() => writer.histogram(3, 'sigma', [1, NaN])).toThrow(/sigma of step 3.*NaN/);
    writer.close();
  });

  const python = spawnSync('python3', ['-c', 'import tensorboard']).status === 0;
  describe.skipIf(!python)('as TensorBoard reads it (skipped without Python tensorboard)', () => {
    const script = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
keep_all = {"scalars": 0, "images": 0, "histograms": 0, "tensors": 0}
events = EventAccumulator(sys.argv[1], size_guidance=keep_all).Reload()
tags = events.Tags()
histogram = lambda h: [h.min, h.max, h.num, h.sum, h.sum_squares, list(h.bucket_limit), list(h.bucket)]
print(json.dumps({
    "scalars": {t: [[e.step, e.wall_time, e.value] for e in events.Scalars(t)] for t in tags["scalars"]},
    "images": {t: [[e.step, e.width, e.height, e.encoded_image_string.hex()] for e in events.Images(t)] for t in tags["images"]},
    "histograms": {t: [[e.step, histogram(e.histogram_value)] for e in events.Histograms(t)] for t in tags["histograms"]},
    "texts": {t: [[e.step, [s.decode() for s in e.tensor_proto.string_val]] for e in events.Tensors(t)] for t in tags["tensors"]},
    "plugins": {t: events.SummaryMetadata(t).plugin_data.plugin_name for t in tags["tensors"]},
}))`;
    const read = (): Record<string, Record<string, unknown[]>> =>
      JSON.parse(execFileSync('python3', ['-c', script, folder], { encoding: 'utf8' })) as Record<
        string,
        Record<string, unknown[]>
      >;

    it('shows scalars, images, histograms and text', async () => {
      const writer = await TensorBoardWriter.open(folder);
      writer.text(0, 'config', '| key | value |\n|---|---|\n| ü | 1 |');
      for (const step of [10, 20]) {
        writer.scalars(step, 1.5e9 + step, { 'loss/d': step / 8, 'sigma/conv1': -step });
      }
      const png = encodePng({ width: 3, height: 2, data: new Uint8Array(18).fill(200) });
      writer.image(20, 'samples', png, 3, 2);
      const values = Float32Array.of(0.5, 0.5, -2, 0);
      writer.histogram(20, 'sigma', values);
      await writer.flush();
      writer.close();
      const { min, max, count, sum, sumOfSquares, limits, counts } = histogramOf(values);
      expect(read()).toEqual({
        scalars: {
          'loss/d': [10, 20].map((step) => [step, 1.5e9 + step, step / 8]),
          'sigma/conv1': [10, 20].map((step) => [step, 1.5e9 + step, -step]),
        },
        images: { samples: [[20, 3, 2, png.toString('hex')]] },
        histograms: {
          sigma: [[20, [min, max, count, sum, sumOfSquares, limits, counts]]],
        },
        texts: { config: [[0, ['| key | value |\n|---|---|\n| ü | 1 |']]] },
        plugins: { config: 'text' },
      });
    });

    it('forgets the steps after the checkpoint, also when the killed writer left a torn record', async () => {
      const before = await TensorBoardWriter.open(folder);
      for (const step of [10, 20, 30, 40]) before.scalars(step, step, { loss: 1 });
      before.close();
      const torn = path.join(folder, eventFiles()[0]);
      appendFileSync(torn, readFileSync(torn).subarray(0, 21));
      const after = await TensorBoardWriter.open(folder, { dropAfterStep: 20 });
      for (const step of [30, 40, 50]) after.scalars(step, 100 + step, { loss: 2 });
      after.close();
      expect(read().scalars).toEqual({
        loss: [
          [10, 10, 1],
          [20, 20, 1],
          [30, 130, 2],
          [40, 140, 2],
          [50, 150, 2],
        ],
      });
    });
  });
});
