import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkConfigText, type ConfigCheckOptions } from '../../../src/cli/configChecks';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-checks-'));
  mkdirSync(path.join(folder, 'empty'));
  mkdirSync(path.join(folder, 'photos'));
  writeFileSync(path.join(folder, 'photos', 'a.png'), 'not looked at');
  writeFileSync(path.join(folder, 'empty', '.hidden'), '');
  writeFileSync(path.join(folder, 'one.png'), Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
  writeFileSync(path.join(folder, 'none.zip'), '');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Findings as `severity key text-that-is-marked: message`. */
async function findings(
  text: string,
  options: Partial<ConfigCheckOptions> = {},
): Promise<string[]> {
  const found = await checkConfigText(text, { folder, disk: true, ...options });
  return found.map(({ severity, key, offset, length, message }) =>
    `${severity} ${key} ${text.slice(offset, offset + length)}: ${message}`.replaceAll(folder, ''),
  );
}

describe('checkConfigText', () => {
  it.each([
    ['./nope', '"data.source" is /nope, which does not exist; give emoji-32, or'],
    ['one.png/x', '"data.source" is /one.png/x, which does not exist'],
    ['empty', 'The folder /empty is empty'],
    ['one.png', '"/one.png" is a single image: give the folder that it lies in.'],
    ['none.zip', '"/none.zip" is empty'],
  ])('objects to the images %s at the file’s folder', async (source, sentence) => {
    const text = `{\n  // faces\n  "data": { "source": "${source}" }\n}`;
    const [found, ...others] = await checkConfigText(text, { folder, disk: true });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: 'error', line: 3, column: 23, key: 'data.source' });
    expect(text.slice(found.offset, found.offset + found.length)).toBe(`"${source}"`);
    expect(found.message.replaceAll(folder, '')).toContain(sentence);
  });

  it('takes a folder that holds something, and the built-in images', async () => {
    expect(await findings('{ "data": { "source": "photos" } }')).toEqual([]);
    expect(await findings('{ "data": { "source": "emoji-32" } }')).toEqual([]);
    expect(await findings('{}')).toEqual([]);
  });

  it('looks at no disk where it may not', async () => {
    expect(await findings('{ "data": { "source": "./nope" } }', { disk: false })).toEqual([]);
  });

  it('tells which keys come too late to have an effect', async () => {
    const text = `{
      "ema": { "from": 100 },
      "samples": { "every": 101 }, "checkpoints": { "every": 200 }, "log": { "every": 500 },
      "optimizer": { "decayFrom": 99 }, "steps": 100,
    }`;
    const because = 'has no effect: the run ends at step 100, so';
    expect(await findings(text)).toEqual([
      `information ema.from 100: "ema.from" ${because} the weights of G are never averaged.`,
      `information samples.every 101: "samples.every" ${because} only the first and the last grid are drawn.`,
      `information checkpoints.every 200: "checkpoints.every" ${because} only the last checkpoint is made.`,
      `information log.every 500: "log.every" ${because} only the first and the last step are logged.`,
      `information optimizer.decayFrom 99: "optimizer.decayFrom" ${because} the learning rate never falls.`,
    ]);
  });

  it('has nothing to say where they are in time, or where the preset and not the text has them', async () => {
    const inTime = `{ "samples": { "every": 100 }, "optimizer": { "decayFrom": 98 }, "steps": 100 }`;
    expect(await findings(inTime)).toEqual([]);
    expect(await findings('{ "preset": "quick", "steps": 9 }')).toEqual([]);
  });

  it('finds a precision that the runtime lacks', async () => {
    expect(await findings('{ "precision": "bf16", "runtime": "wasm" }')).toEqual([
      'error precision "bf16": "precision": "bf16" needs the runtime tensorflow, but "runtime" is "wasm": set "precision" to "f32", or "runtime" to "tensorflow".',
    ]);
    expect(await findings('{ "precision": "bf16", "runtime": "auto" }')).toEqual([]);
    expect(await findings('{ "precision": "f32", "runtime": "wasm" }')).toEqual([]);
  });

  it('asks the user’s settings for what the text does not say', async () => {
    const text = '{ "samples": { "every": 50 } }';
    expect(await findings(text, { settings: { steps: 40 } })).toHaveLength(1);
    expect(await findings(text, { settings: { steps: 60 } })).toEqual([]);
  });

  it('leaves the schema’s mistakes to the schema, and checks the rest', async () => {
    const text = '{ "stepz": 1, "steps": 10, "log": { "every": -1 }, "samples": { "every": 11 } }';
    expect(await findings(text)).toEqual([expect.stringContaining('samples.every 11')]);
    expect(await findings('{ "steps": 0, "samples": { "every": 11 } }')).toEqual([]);
  });

  it.each(['', '[]', 'null', '{ "steps": ', '['.repeat(100_000), '{ "data": null, "ema": 7 }'])(
    'is not confused by the text %j',
    async (text) => {
      expect(await findings(text.slice(0, 100_000))).toEqual([]);
    },
  );

  it('keeps the places of a text with a byte order mark', async () => {
    expect(await findings('\uFEFF{ "data": { "source": "./nope" } }')).toEqual([
      expect.stringMatching(/^error data.source "\.\/nope": /),
    ]);
  });
});
