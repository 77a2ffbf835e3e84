import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { installTensorflow, type StagedTensorflow } from '../../../src/runtime/tensorflow/install';
import { readRemembered, rememberedFile } from '../../../src/runtime/tensorflow/remembered';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();
const steps = { report: () => undefined, confirm: () => Promise.resolve(true) };
const runtimes = (): string => path.join(home(), 'runtimes');

/** Stages a file that is no addon, which the check in the child process must find out. */
function stageNonsense(folder: string): Promise<StagedTensorflow> {
  writeFileSync(path.join(folder, 'tfjs_binding.node'), 'no addon');
  return Promise.resolve({ variant: 'cpu', addon: 'tfjs_binding.node', source: 'a test' });
}

describe('installing a TensorFlow', () => {
  test('that does not load on this machine leaves nothing and is not remembered', async () => {
    await expect(installTensorflow(undefined, stageNonsense, steps)).rejects.toThrow(
      /does not work on this machine, so it was not installed: .*cannot be loaded/,
    );
    expect(readdirSync(runtimes())).toEqual([]);
    expect((await readRemembered()).folders).toEqual([]);
  });

  test('whose source fails leaves nothing', async () => {
    const fail = (folder: string): Promise<never> => {
      writeFileSync(path.join(folder, 'half'), '');
      return Promise.reject(new Error('cut off'));
    };
    await expect(installTensorflow(undefined, fail, steps)).rejects.toThrow('cut off');
    expect(readdirSync(runtimes())).toEqual([]);
  });

  test('never replaces a folder that holds something else', async () => {
    writeFileSync(path.join(home(), 'thesis.tex'), '');
    await expect(installTensorflow(home(), stageNonsense, steps)).rejects.toThrow(
      /holds something else: choose an empty or new folder/,
    );
    expect(existsSync(path.join(home(), 'thesis.tex'))).toBe(true);
  });

  test('below a file is refused with what to do', async () => {
    writeFileSync(path.join(home(), 'file'), '');
    const below = path.join(home(), 'file', 'runtime');
    await expect(installTensorflow(below, stageNonsense, steps)).rejects.toThrow(
      /file cannot be written: choose another folder with --to/,
    );
  });

  test('does not begin when it could not be remembered', async () => {
    writeFileSync(rememberedFile(), '{');
    let staged = false;
    const stage = (folder: string): Promise<StagedTensorflow> => {
      staged = true;
      return stageNonsense(folder);
    };
    await expect(installTensorflow(undefined, stage, steps)).rejects.toThrow(/runtimes\.json/);
    expect(staged).toBe(false);
  });

  test('removes what a killed installation left, and not that of a living one', async () => {
    // Process ids end below 2^22 on Linux and below 10^5 on macOS.
    const dead = path.join(runtimes(), '.installing-99999999');
    const living = path.join(runtimes(), `.installing-${process.ppid}`);
    mkdirSync(dead, { recursive: true });
    mkdirSync(living);
    await expect(installTensorflow(undefined, stageNonsense, steps)).rejects.toThrow();
    expect(readdirSync(runtimes())).toEqual([path.basename(living)]);
  });
});
