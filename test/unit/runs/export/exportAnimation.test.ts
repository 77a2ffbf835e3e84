import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { frameDelay } from '../../../../src/runs/export/gridFrames';
import { exportRun } from '../../../../src/runs/export/exportRun';
import type { Exported, ExportWatch } from '../../../../src/runs/export/exportRequest';
import { PNG_SIGNATURE, pngChunk, pngChunks } from '../../../../src/runs/export/pngChunks';
import { encodePng, type RgbImage } from '../../../../src/runs/png';
import type { AnimationFormat } from '../../../../src/shared/dashboard';
import { stepStem } from '../../../../src/shared/runFolder';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-animation-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'run-'));
  mkdirSync(path.join(folder, 'samples'));
});

const patient = (): ExportWatch => ({
  signal: new AbortController().signal,
  progress: () => undefined,
});
const gridPath = (step: number): string => path.join(folder, 'samples', `${stepStem(step)}.png`);

function picture(seed: number, width = 20, height = 12): RgbImage {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => 128 + 100 * Math.sin((i * seed) / 7),
  );
  return { width, height, data };
}

async function exported(format: AnimationFormat, watch = patient()): Promise<Exported> {
  const target = path.join(folder, `out.${format}`);
  return exportRun({ kind: 'animation', folder, target, format }, watch);
}

/** The frames of an animated PNG as PNGs of their own, as the specification says to read them. */
function framesOf(file: string): { pixels: Buffer; delay: number }[] {
  const chunks = pngChunks(readFileSync(file));
  const header = chunks[0];
  expect(chunks[1].type).toBe('acTL');
  const frames: { parts: Buffer[]; delay: number }[] = [];
  let sequence = 0;
  for (const { type, data } of chunks) {
    if (type === 'fcTL' || type === 'fdAT') expect(data.readUInt32BE(0)).toBe(sequence++);
    if (type === 'fcTL') {
      frames.push({ parts: [], delay: data.readUInt16BE(20) / data.readUInt16BE(22) });
      expect(data.readUInt32BE(4)).toBe(header.data.readUInt32BE(0));
      expect(data.readUInt32BE(8)).toBe(header.data.readUInt32BE(4));
    }
    if (type === 'IDAT') frames.at(-1)?.parts.push(data);
    if (type === 'fdAT') frames.at(-1)?.parts.push(data.subarray(4));
  }
  expect(chunks[1].data.readUInt32BE(0)).toBe(frames.length);
  expect(chunks.at(-1)?.type).toBe('IEND');
  return frames.map(({ parts, delay }) => {
    const png = Buffer.concat([
      PNG_SIGNATURE,
      pngChunk('IHDR', header.data),
      ...parts.map((part) => pngChunk('IDAT', part)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
    return { pixels: PNG.sync.read(png).data, delay };
  });
}
const pixelsOf = (file: string): Buffer => PNG.sync.read(readFileSync(file)).data;

describe('an animated PNG of the grids of a run', () => {
  it('has every grid, oldest first and pixel for pixel', async () => {
    const steps = [0, 50, 100, 1_000_000];
    steps.forEach((step, i) => writeFileSync(gridPath(step), encodePng(picture(i + 1))));
    expect(await exported('apng')).toEqual({ leftOut: [] });
    const frames = framesOf(path.join(folder, 'out.apng'));
    expect(frames.map(({ pixels }) => pixels)).toEqual(
      steps.map((step) => pixelsOf(gridPath(step))),
    );
    expect(frames.map(({ delay }) => delay)).toEqual([0.25, 0.25, 0.25, 2]);
  });

  it('is a picture of the first grid for viewers without animations', async () => {
    [1, 2].forEach((step) => writeFileSync(gridPath(step), encodePng(picture(step))));
    await exported('apng');
    expect(pixelsOf(path.join(folder, 'out.apng'))).toEqual(pixelsOf(gridPath(1)));
  });

  it('takes pictures of any kind, and encodes them anew where they differ', async () => {
    const { width, height, data } = picture(3);
    const rgba = new PNG({ width, height });
    for (let i = 0; i < width * height; i++) {
      rgba.data.set([...data.subarray(3 * i, 3 * i + 3), 255], 4 * i);
    }
    writeFileSync(gridPath(1), PNG.sync.write(rgba, { colorType: 6 }));
    writeFileSync(gridPath(2), encodePng(picture(2)));
    writeFileSync(gridPath(3), PNG.sync.write(rgba, { colorType: 6 }));
    expect(await exported('apng')).toEqual({ leftOut: [] });
    expect(framesOf(path.join(folder, 'out.apng')).map(({ pixels }) => pixels)).toEqual(
      [1, 2, 3].map((step) => pixelsOf(gridPath(step))),
    );
  });

  it('leaves damaged grids out, and those of another size, and says so', async () => {
    [1, 2, 3, 4, 5].forEach((step) => writeFileSync(gridPath(step), encodePng(picture(step))));
    writeFileSync(gridPath(6), encodePng(picture(6, 30, 12)));
    const whole = readFileSync(gridPath(2));
    writeFileSync(gridPath(1), 'no picture');
    writeFileSync(gridPath(2), whole.subarray(0, -20));
    const bad = Buffer.from(whole);
    bad[60] ^= 1;
    writeFileSync(gridPath(3), bad);
    writeFileSync(gridPath(7), encodePng(picture(7)));
    const { leftOut } = await exported('apng');
    expect(leftOut).toEqual([
      `${gridPath(1)} is no PNG file.`,
      '1 grids have another size than the newest.',
      `${gridPath(2)} is cut off.`,
      `${gridPath(3)} is damaged.`,
    ]);
    expect(framesOf(path.join(folder, 'out.apng'))).toHaveLength(3);
  });

  it('that is cancelled leaves nothing behind', async () => {
    [1, 2, 3].forEach((step) => writeFileSync(gridPath(step), encodePng(picture(step))));
    for (const format of ['apng', 'gif'] as const) {
      const controller = new AbortController();
      const watch = { signal: controller.signal, progress: () => controller.abort() };
      await expect(exported(format, watch)).rejects.toThrow(/abort/);
    }
    expect(readdirSync(folder)).toEqual(['samples']);
  });

  it('cannot be made of a run without grids', async () => {
    await expect(exported('apng')).rejects.toThrow(/has no sample grids/);
    await expect(exported('gif')).rejects.toThrow(/has no sample grids/);
    writeFileSync(gridPath(1), encodePng(picture(1)).subarray(0, 40));
    await expect(exported('apng')).rejects.toThrow(/None of the sample grids/);
    await expect(exported('gif')).rejects.toThrow(/None of the sample grids/);
    expect(readdirSync(folder)).toEqual(['samples']);
  });
});

describe('a GIF of the grids of a run', () => {
  it('leaves damaged grids out and says so', async () => {
    [1, 2, 3].forEach((step) => writeFileSync(gridPath(step), encodePng(picture(step))));
    writeFileSync(gridPath(2), readFileSync(gridPath(2)).subarray(0, -20));
    expect(await exported('gif')).toEqual({ leftOut: [`${gridPath(2)} is damaged.`] });
    const gif = readFileSync(path.join(folder, 'out.gif'));
    expect(gif.toString('latin1', 0, 6)).toBe('GIF89a');
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([20, 12]);
  });
});

describe('one grid', () => {
  it('is copied byte for byte', async () => {
    writeFileSync(gridPath(7), encodePng(picture(7)));
    const target = path.join(folder, 'grid.png');
    await exportRun({ kind: 'grid', folder, step: 7, target }, patient());
    expect(readFileSync(target)).toEqual(readFileSync(gridPath(7)));
    await expect(exportRun({ kind: 'grid', folder, step: 8, target }, patient())).rejects.toThrow(
      /does not exist/,
    );
  });
});

describe('frameDelay', () => {
  it('shows few grids slowly and many fast, and the last one for longer', () => {
    expect(frameDelay(0, 10)).toBe(250);
    expect(frameDelay(0, 300)).toBe(100);
    expect(frameDelay(0, 10_000)).toBe(40);
    expect(frameDelay(9, 10)).toBe(2000);
  });
});
