import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '../../src/runs/export/exportRun';
import { encodePng } from '../../src/runs/png';
import type { AnimationFormat } from '../../src/shared/dashboard';
import { stepStem } from '../../src/shared/runFolder';
import { launchChromium, withoutChromium } from './chromium';

const width = 70;
const height = 36;
const count = 5;

/** A picture that goes from grey noise to colours, as samples do. */
function pixelsOf(index: number): Uint8Array {
  const share = index / (count - 1);
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    const noise = 128 + 20 * Math.sin(i * 12.9898 + index);
    const colour = channel === 0 ? (255 * x) / width : channel === 1 ? (255 * y) / height : 60;
    return (1 - share) * noise + share * colour;
  });
}

interface Frame {
  readonly rgba: number[];
  readonly milliseconds: number;
}

/** Runs in the page: every frame as Chromium draws it. */
async function decode({ base64, type }: { base64: string; type: string }): Promise<Frame[]> {
  const data = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const decoder = new ImageDecoder({ data, type });
  await Promise.all([decoder.tracks.ready, decoder.completed]);
  const frames: Frame[] = [];
  for (
    let frameIndex = 0;
    frameIndex < (decoder.tracks.selectedTrack?.frameCount ?? 0);
    frameIndex++
  ) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const rgba = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    frames.push({ rgba: [...rgba], milliseconds: (image.duration ?? 0) / 1000 });
  }
  return frames;
}

describe.skipIf(withoutChromium)(`an animation in a browser${withoutChromium}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-animation-'));
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(path.join(folder, 'samples'));
    for (let i = 0; i < count; i++) {
      const png = encodePng({ width, height, data: pixelsOf(i) });
      writeFileSync(path.join(folder, 'samples', `${stepStem(100 * i)}.png`), png);
    }
    browser = await launchChromium();
    page = await browser.newPage();
    // Decoders of single frames are for secure pages only.
    await page.route('https://page.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>page</title>' }),
    );
    await page.goto('https://page.test/');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function framesOf(format: AnimationFormat, type: string): Promise<Frame[]> {
    const target = path.join(folder, `out.${format}`);
    const watch = { signal: new AbortController().signal, progress: () => undefined };
    await exportRun({ kind: 'animation', folder, target, format }, watch);
    return page.evaluate(decode, { base64: readFileSync(target).toString('base64'), type });
  }

  /** Root of the mean square over the values of a frame, and its alpha. */
  function difference({ rgba }: Frame, expected: Uint8Array): { error: number; opaque: boolean } {
    let sum = 0;
    for (let i = 0; i < expected.length; i++) {
      sum += (rgba[Math.floor(i / 3) * 4 + (i % 3)] - expected[i]) ** 2;
    }
    const opaque = rgba.every((value, i) => i % 4 !== 3 || value === 255);
    return { error: Math.sqrt(sum / expected.length), opaque };
  }

  it('as animated PNG shows every grid exactly, the last one longest', async () => {
    const frames = await framesOf('apng', 'image/png');
    expect(frames.map(({ milliseconds }) => milliseconds)).toEqual([250, 250, 250, 250, 2000]);
    frames.forEach((frame, i) =>
      expect(difference(frame, pixelsOf(i))).toEqual({ error: 0, opaque: true }),
    );
  });

  it('as GIF shows every grid in 256 colours', async () => {
    const frames = await framesOf('gif', 'image/gif');
    expect(frames.map(({ milliseconds }) => milliseconds)).toEqual([250, 250, 250, 250, 2000]);
    frames.forEach((frame, i) => {
      const { error, opaque } = difference(frame, pixelsOf(i));
      expect(opaque).toBe(true);
      // 256 colours in the part of the cube that is used lie about 30 apart: 10 is a third of that.
      expect(error).toBeLessThan(10);
    });
  });
});
