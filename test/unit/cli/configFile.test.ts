import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, type ConfigOrigin } from '../../../src/cli/configFile';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-config-'));
  mkdirSync(path.join(folder, 'photos'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(text: string): string {
  const file = path.join(folder, 'my.sngan.json');
  writeFileSync(file, text);
  return file;
}

/** The message with which a config is refused, without the folder. */
async function refusal(origin: ConfigOrigin): Promise<string> {
  const read = readConfig(origin).then(
    () => 'It was taken.',
    (thrown: Error) => `${thrown.name}: ${thrown.message}`,
  );
  return (await read).replaceAll(folder, '');
}

describe('readConfig', () => {
  it('takes comments, trailing commas and a byte order mark', async () => {
    const file = write('\uFEFF{\n  // quick\n  "preset": "quick", /* and */ "seed": 7,\n}\n');
    const config = await readConfig({ file, overrides: [] });
    expect(config).toMatchObject({ preset: 'quick', seed: 7 });
    expect(config.network.architecture).toBe('quick');
  });

  it('completes an empty config from the defaults', async () => {
    const config = await readConfig({ overrides: [] });
    expect(config).toMatchObject({ preset: 'C', steps: 100_000, data: { source: 'emoji-32' } });
  });

  it('tells every mistake with its line and column, in the order of the file', async () => {
    const file = write('{\n  "steps": -1,\n  "data": { "sise": 32 },\n  "nDis": 0\n}');
    expect(await refusal({ file, overrides: ['foo=1', 'batch.generator=many'] })).toBe(
      [
        'UserError: The config has 5 mistakes:',
        '  /my.sngan.json:2:12: "steps" is -1, but it must be a whole number of at least 1.',
        '  /my.sngan.json:3:13: There is no key "data.sise" (32); the nearest is "data.size".',
        '  /my.sngan.json:4:11: "nDis" is 0, but it must be a whole number from 1 to 100.',
        '  --set batch.generator=many: "batch.generator" is "many", but it must be a whole number from 1 to 4096.',
        '  --set foo=1: There is no key "foo" (1); the keys of a config are name, preset, data, network, spectralNorm, loss, optimizer, nDis, batch, steps, ema, seed, runtime, precision, log, samples, checkpoints and runsFolder.',
      ].join('\n'),
    );
  });

  it.each([
    ['{ "steps": 3 "seed": 1 }', '1:14: A comma is expected here, after the value before.'],
    ["{ 'steps': 3 }", '1:3: This is no JSON value; texts need double quotes.'],
    ['{ "steps": 3', '1:13: A closing } is missing.'],
    ['{ "steps": }', '1:12: A value is expected here.'],
    ['{ "name": "a\n}', '1:11: A text begins here and its closing quote is missing.'],
    [
      '{ "steps": 1,\n "steps": 2 }',
      '2:2: The key "steps" stands here a second time; remove one of the two.',
    ],
    ['{} {}', '1:4: The config ends before this; remove what follows its closing }.'],
    ['', '1:1: A value is expected here.'],
  ])('tells where %j is no JSON', async (text, sentence) => {
    expect(await refusal({ file: write(text), overrides: [] })).toContain(
      `/my.sngan.json:${sentence}`,
    );
  });

  it('refuses a million brackets instead of overflowing the stack', async () => {
    const file = write('['.repeat(1_000_000));
    expect(await refusal({ file, overrides: [] })).toMatch(
      /UserError: .*:1:21: The brackets are nested deeper than 20 levels/,
    );
  });

  it('refuses a file that is missing or a folder', async () => {
    const missing = path.join(folder, 'none.sngan.json');
    expect(await refusal({ file: missing, overrides: [] })).toContain('it does not exist');
    expect(await refusal({ file: folder, overrides: [] })).toContain('it is a folder');
  });

  it('lets the command line win over the file, and the file over its preset', async () => {
    const file = write('{ "preset": "quick", "nDis": 2, "batch": { "generator": 8 } }');
    const overrides = ['nDis=3', 'batch.discriminator=4'];
    const config = await readConfig({ file, overrides });
    expect(config).toMatchObject({ nDis: 3, batch: { discriminator: 4, generator: 8 } });
    expect(config.network.architecture).toBe('quick');
  });

  it('starts a source of the file at the file’s folder, one of --set here', async () => {
    const file = write('{ "data": { "source": "./photos" } }');
    const { data } = await readConfig({ file, overrides: ['data.size=48'] });
    expect(data.source).toBe(path.join(folder, 'photos'));
    const overrides = [`data.source=${path.relative('', path.join(folder, 'photos'))}`];
    expect((await readConfig({ file, overrides })).data.source).toBe(path.join(folder, 'photos'));
    const builtIn = await readConfig({ file, overrides: ['data.source=emoji-32'] });
    expect(builtIn.data.source).toBe('emoji-32');
  });

  it('tells where a missing source was asked for', async () => {
    const file = write('{\n  "data": { "source": "./nope" }\n}');
    expect(await refusal({ file, overrides: [] })).toBe(
      'UserError: /my.sngan.json:2:23: "data.source" is /nope, which does not exist; give emoji-32, or a folder or file of images.',
    );
  });

  it('starts the runs folder here', async () => {
    const { runsFolder } = await readConfig({ overrides: [] });
    expect(runsFolder).toBe(path.resolve('runs'));
  });

  it('takes a run that ends before its preset would decay the learning rate', async () => {
    const config = await readConfig({ overrides: ['preset=quick', 'steps=9'] });
    expect(config.steps).toBe(9);
  });

  it('puts the user’s settings between preset and file', async () => {
    const settings = { nDis: 4, log: { every: 7 }, seed: 3, steps: 5 };
    const file = write('{ "preset": "quick", "steps": 6, "log": {} }');
    const config = await readConfig({ file, settings, overrides: ['seed=8'] });
    expect(config).toMatchObject({ nDis: 4, log: { every: 7 }, steps: 6, seed: 8 });
    expect(config.network.architecture).toBe('quick');
    expect((await readConfig({ settings: { preset: 'A' }, overrides: [] })).nDis).toBe(5);
    expect((await readConfig({ file, settings: { preset: 'A' }, overrides: [] })).nDis).toBe(1);
  });

  it('takes a setting without a value for none, and refuses one that is wrong', async () => {
    const settings = { log: { every: undefined } };
    expect((await readConfig({ settings, overrides: ['preset=quick'] })).log.every).toBe(10);
    expect(await refusal({ settings: { steps: 0 }, overrides: [] })).toBe(
      'UserError: Settings: "steps" is 0, but it must be a whole number of at least 1.',
    );
  });

  it('starts paths that are not the file’s where it is told to', async () => {
    const file = write('{ "runsFolder": "my runs" }');
    const from = path.join(folder, 'photos');
    const settings = { data: { source: '.' } };
    const { runsFolder, data } = await readConfig({ file, settings, overrides: [], from });
    expect(runsFolder).toBe(path.join(from, 'my runs'));
    expect(data.source).toBe(from);
  });
});
