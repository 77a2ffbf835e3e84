import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src/runs/safetensors';
import { runCommand, temporaryFolder, tiny, type Ended } from './command';

interface Outcome {
  readonly folder: string;
  readonly state: string;
  readonly step: number;
  readonly lastGrid: string;
  readonly checkpoint: string;
  readonly runtime: { readonly name: string; readonly reason: string };
  readonly seconds: number;
}

let folder: string;
let trained: Ended;
let outcome: Outcome;
beforeAll(async () => {
  folder = temporaryFolder();
  const config = '{ "name": "a test", /* a comment */ "steps": 6, }';
  writeFileSync(path.join(folder, 'my.sngan.json'), config);
  const settings = [...tiny, '--set', 'samples.every=3'];
  trained = await runCommand(folder, 'train', 'my.sngan.json', ...settings, '--json');
  outcome = JSON.parse(trained.stdout) as Outcome;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sample(...args: string[]): Promise<Ended> {
  return runCommand(folder, 'sample', outcome.folder, '--runtime', 'wasm', ...args);
}

function read(name: string): Buffer {
  return readFileSync(path.join(folder, name));
}

describe('sn-gan train --json', () => {
  it('prints one document with all that a script needs, and exits 0', () => {
    expect(trained.code).toBe(0);
    expect(outcome).toMatchObject({ state: 'finished', step: 6, reason: null, warnings: 0 });
    expect(outcome.runtime).toMatchObject({ name: 'wasm' });
    expect(outcome.folder).toMatch(/runs[\\/]\d{8}-\d{6}-a-test$/);
    expect(existsSync(outcome.lastGrid)).toBe(true);
    expect(path.basename(outcome.checkpoint)).toBe('step-000006.safetensors');
  });

  it('tells the runtime with its reason on standard error', () => {
    expect(trained.stderr).toContain(`Training with ${outcome.runtime.reason}`);
  });
});

describe('sn-gan sample', () => {
  it('gives the same images for the same seed, and a prefix for fewer', async () => {
    await sample('-n', '70', '--npz', 'a.npz', '--out', 'a.png');
    await sample('-n', '70', '--npz', 'b.npz', '--out', 'b.png');
    await sample('-n', '3', '--npz', 'c.npz');
    await sample('-n', '3', '--npz', 'd.npz', '--seed', '2');
    expect(read('b.png').equals(read('a.png'))).toBe(true);
    expect(read('b.npz').equals(read('a.npz'))).toBe(true);
    const dataOf = (name: string, array: string): Buffer => {
      const bytes = Buffer.from(unzipSync(read(name))[`${array}.npy`]);
      return bytes.subarray(10 + bytes.readUInt16LE(8));
    };
    const [many, few, other] = ['a', 'c', 'd'].map((name) => dataOf(`${name}.npz`, 'images'));
    expect(few).toHaveLength(3 * 32 * 32 * 3);
    expect(many.subarray(0, few.length).equals(few)).toBe(true);
    expect(other.equals(few)).toBe(false);
  });

  it('draws the grid of the training from its checkpoint and seed', async () => {
    const args = ['-n', '64', '--seed', '0', '--out', 'grid.png', '--runtime', 'wasm'];
    await runCommand(folder, 'sample', outcome.checkpoint, ...args);
    expect(read('grid.png').equals(readFileSync(outcome.lastGrid))).toBe(true);
  });

  it('refuses a count that it cannot draw, and a file that is no checkpoint', async () => {
    const zero = await sample('-n', '0');
    expect(zero.code).toBe(2);
    expect(zero.stderr).toContain('It must be a whole number from 1 to 100000.');
    const other = await runCommand(folder, 'sample', 'my.sngan.json', '--json');
    expect(other.code).toBe(2);
    expect(JSON.parse(other.stdout)).toEqual({
      error: expect.stringContaining('my.sngan.json is not a readable safetensors file') as string,
    });
  });
});

describe('sn-gan inspect', () => {
  it('finds every layer of D normalised to nearly 1', async () => {
    const { code, stdout } = await runCommand(folder, 'inspect', outcome.checkpoint, '--json');
    expect(code).toBe(0);
    const { step, layers, networks } = JSON.parse(stdout) as {
      step: number;
      layers: {
        name: string;
        numbers: { estimate: number };
        spectrum: { values: number[]; normalized: number };
        usedNorm?: number;
        usedUpper: number;
      }[];
      networks: { name: string; layers: string[]; upper: number; tightUpper: number }[];
    };
    expect(step).toBe(6);
    const [d] = networks;
    expect(d.layers).toEqual(['d.conv1', 'd.conv2', 'd.conv3', 'd.conv4', 'd.fc']);
    const judged = layers.filter(({ name }) => d.layers.includes(name));
    for (const { numbers, spectrum, usedNorm, usedUpper } of judged) {
      // u and v are one iteration behind the weights; power iteration never overestimates, but a
      // weight can have shrunk along u v^T since. A quarter is far beyond what six steps do.
      expect(spectrum.normalized).toBeGreaterThan(0.75);
      expect(spectrum.normalized).toBeLessThan(1.25);
      expect(spectrum.normalized).toBeCloseTo(spectrum.values[0] / numbers.estimate, 10);
      expect(usedUpper).toBeGreaterThanOrEqual(Number(usedNorm));
    }
    // The layers follow each other: bounds multiply.
    expect(d.upper).toBeCloseTo(
      judged.reduce((product, { usedUpper }) => product * usedUpper, 1),
      6,
    );
    expect(d.upper).toBeGreaterThan(d.tightUpper);
  });

  it('prints an aligned table, and below it whether D is 1-Lipschitz', async () => {
    const { stdout } = await runCommand(folder, 'inspect', outcome.folder);
    const lines = stdout.split('\n');
    const start = lines.findIndex((line) => /^layer +kind +matrix +estimate +sigma/.test(line));
    const table = lines.slice(start, start + 6);
    expect(table[5]).toMatch(/^fc +dense/);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(lines[start + 6]).toMatch(/^d is /);
  });

  it('computes true norms of generators only when it is told to', async () => {
    const withNorms = async (...flags: string[]): Promise<string[]> => {
      const { stdout } = await runCommand(
        folder,
        'inspect',
        outcome.checkpoint,
        '--json',
        ...flags,
      );
      const { layers } = JSON.parse(stdout) as { layers: { name: string; usedNorm?: number }[] };
      return layers.filter(({ usedNorm }) => usedNorm !== undefined).map(({ name }) => name);
    };
    expect((await withNorms()).some((name) => name.startsWith('g.'))).toBe(false);
    expect((await withNorms('--full')).some((name) => name.startsWith('g_ema.'))).toBe(true);
  });
});

describe('sn-gan resume', () => {
  it('refuses a finished run without more steps', async () => {
    const { code, stderr } = await runCommand(folder, 'resume', outcome.folder);
    expect(code).toBe(2);
    expect(stderr).toContain('give a larger number of steps (--steps');
  });

  it('trains on to more steps and keeps them in the config', async () => {
    const { code, stdout } = await runCommand(
      folder,
      ...['resume', outcome.folder, '--steps', '8', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'finished', step: 8, total: 8 });
    const config = readFileSync(path.join(outcome.folder, 'config.sngan.json'), 'utf8');
    expect(JSON.parse(config)).toMatchObject({ steps: 8 });
  });
});

describe('sn-gan resume, when training diverges', () => {
  it('tells step and layer, and exits 3', async () => {
    const checkpoint = outcome.checkpoint.replace('000006', '000008');
    const { arrays, metadata } = await readSafetensors(checkpoint);
    arrays.get('d.fc.bias')?.data.fill(NaN);
    await writeSafetensors(checkpoint, [...arrays.values()], metadata);
    const { code, stderr } = await runCommand(folder, 'resume', outcome.folder, '--steps', '12');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^sn-gan: Step 9: the values of fc\.bias of the discriminator .*NaN/m);
  });
});

describe('sn-gan train, with damaged images', () => {
  it('tells how many warnings there were and where to read them', async () => {
    const images = path.join(folder, 'damaged');
    mkdirSync(images);
    const png = PNG.sync.write(new PNG({ width: 32, height: 32 }));
    writeFileSync(path.join(images, 'a.png'), png);
    writeFileSync(path.join(images, 'b.png'), png);
    writeFileSync(path.join(images, 'torn.png'), png.subarray(0, 50));
    const settings = [...tiny, '--set', 'steps=1', '--set', `data.source=${images}`];
    const { code, stdout } = await runCommand(folder, 'train', ...settings);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}1 warning, see runs.*trainer\.log$/m);
  });
});

describe('sn-gan train, with what cannot be used', () => {
  it('tells a missing source with its key before a run is made, and exits 2', async () => {
    const elsewhere = path.join(folder, 'missing');
    mkdirSync(elsewhere);
    const { code, stderr } = await runCommand(elsewhere, 'train', '--set', 'data.source=./nope');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `sn-gan: --set data.source=./nope: "data.source" is ${path.join(elsewhere, 'nope')}, which does not exist; give emoji-32, or a folder or file of images.\n`,
    );
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('tells in one sentence what is wrong with the images, and exits 2', async () => {
    const images = path.join(folder, 'images');
    mkdirSync(images);
    writeFileSync(path.join(images, 'notes.txt'), 'no image');
    const { code, stdout } = await runCommand(
      folder,
      ...['train', ...tiny, '--set', `data.source=${images}`, '--json'],
    );
    expect(code).toBe(2);
    const { error, state } = JSON.parse(stdout) as { error: string; state: string };
    expect(state).toBe('failed');
    expect(error).toContain(images);
    expect(error).not.toContain('\n');
  });

  it('tells every mistake of a config at once, and exits 2', async () => {
    writeFileSync(path.join(folder, 'bad.sngan.json'), '{\n  "stepss": 3,\n  "nDis": 0\n}');
    const { code, stderr } = await runCommand(folder, 'train', 'bad.sngan.json');
    expect(code).toBe(2);
    expect(stderr).toContain('bad.sngan.json:2:3: There is no key "stepss" (3)');
    expect(stderr).toContain('bad.sngan.json:3:11: "nDis" is 0');
  });
});

describe('sn-gan', () => {
  it('prints help without arguments, and exits 0', async () => {
    const { code, stdout } = await runCommand(folder);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
  });

  it('suggests the command that was meant, and exits 2', async () => {
    const { code, stderr } = await runCommand(folder, 'trian');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean train?');
  });

  it.each(['train', 'resume', 'sample', 'inspect', 'schema'])(
    'shows an example of %s',
    async (name) => {
      const { code, stdout } = await runCommand(folder, name, '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}sn-gan ${name} `));
    },
  );
});
