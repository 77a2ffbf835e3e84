import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CheckThread } from '../../../src/extension/checks/checkThread';
import { UserError } from '../../../src/shared/userError';

const program = path.resolve(import.meta.dirname, '../../../dist/checks.cjs');
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/data');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sn-gan-checks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the thread that checks configs and images', () => {
  const thread = new CheckThread(program, 100);
  afterEach(() => thread.dispose());

  it('completes a config from its file, the settings and its preset', async () => {
    const file = path.join(folder, 'mine.sngan.json');
    await writeFile(file, '{ "preset": "quick", /* mine */ "steps": 12, }');
    const config = await thread.readConfig({
      file,
      overrides: [],
      settings: { log: { every: 3 }, runsFolder: '/elsewhere' },
    });
    expect(config).toMatchObject({
      steps: 12,
      log: { every: 3 },
      runsFolder: path.resolve('/elsewhere'),
      network: { architecture: 'quick' },
    });
  });

  it('refuses with the sentence for the person, as a UserError', async () => {
    const file = path.join(folder, 'wrong.sngan.json');
    await writeFile(file, '{ "steps": 0 }');
    const refused = thread.readConfig({ file, overrides: [] });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/wrong\.sngan\.json:1:12: "steps" is 0/);
  });

  it('answers several questions at once, each with its own answer', async () => {
    const [builtIn, missing, complete, broken] = await Promise.all([
      thread.lookAtImages('emoji-32'),
      thread.lookAtImages(path.join(folder, 'nothing')).catch((thrown: Error) => thrown.message),
      thread.completeConfigText('{ "preset": "resnet" }', {}),
      thread.completeConfigText('{ "preset": "resne" }', {}),
    ]);
    expect(builtIn).toEqual({ kind: 'built-in set', total: 2788 });
    expect(missing).toContain('does not exist');
    expect(complete).toMatchObject({ network: { architecture: 'resnet' }, nDis: 5 });
    expect(broken).toBeUndefined();
  });

  it('finds what a schema cannot say', async () => {
    const text = '{ "data": { "source": "gone" } }';
    const findings = await thread.checkConfigText(text, { folder, disk: true });
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'error', key: 'data.source', line: 1, column: 23 }),
    ]);
  });

  it('says what is no set of images', async () => {
    await expect(thread.lookAtImages(path.join(fixtures, 'alpha.png'))).rejects.toThrow(
      /single image/,
    );
    await writeFile(path.join(folder, 'torn.png'), 'no picture');
    await writeFile(path.join(folder, 'torn2.png'), 'no picture');
    await expect(thread.lookAtImages(folder)).rejects.toThrow(/has no readable images; unreadable/);
  });

  it('ends when nobody asks any more, and starts again', async () => {
    await thread.lookAtImages('emoji-32');
    expect(thread.isRunning).toBe(true);
    await expect.poll(() => thread.isRunning, { timeout: 10_000 }).toBe(false);
    await expect(thread.lookAtImages('emoji-32')).resolves.toMatchObject({ total: 2788 });
  });

  it('refuses what waits when it is closed', async () => {
    const waiting = thread.lookAtImages('emoji-32');
    thread.dispose();
    await expect(waiting).rejects.toThrow('closed');
  });
});
