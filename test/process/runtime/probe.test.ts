import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseRuntime } from '../../../src/runtime/choose';
import { probeRuntime } from '../../../src/runtime/probe/probe';
import { probeCacheFile } from '../../../src/runtime/probe/probeCache';
import { findAddon } from '../../../src/runtime/tensorflow/findAddon';
import { testNodes } from './nodes';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-probe-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(script: string): string {
  const file = path.join(folder, 'program.cjs');
  writeFileSync(file, script);
  return file;
}

describe.each(testNodes)('under %s', (node) => {
  test('wasm loads, computes convolutions with gradients right, and is timed', async () => {
    const result = await probeRuntime('wasm', { seconds: 0.1, node });
    expect(result).toMatchObject({ usable: true, name: 'wasm', deviceKind: 'cpu' });
    expect(result.usable && result.gflops).toBeGreaterThan(0);
  });

  test('tensorflow loads, computes convolutions with gradients right, and is timed', async ({
    skip,
  }) => {
    const found = await findAddon();
    if (!found) return skip('no TensorFlow is installed: `sn-gan runtime install`');
    const result = await probeRuntime('tensorflow', { seconds: 0.1, node, addon: found.addon });
    expect(result).toMatchObject({ usable: true, name: 'tensorflow' });
    expect(result.usable && result.version).toMatch(/^2\.\d+\.\d+/);
    expect(result.usable && result.gflops).toBeGreaterThan(0);
  });

  test('webgpu computes convolutions with gradients right where it has an adapter', async ({
    skip,
  }) => {
    const result = await probeRuntime('webgpu', { seconds: 0.1, node });
    if (!result.usable && /has no adapter|cannot be loaded/.test(result.reason))
      return skip(result.reason);
    expect(result).toMatchObject({ usable: true, name: 'webgpu' });
  });
});

describe('a probe', () => {
  test.skipIf(process.platform === 'win32')(
    'that crashes is told with its last words',
    async () => {
      const crash = program(
        'console.error("oneDNN: illegal instruction"); process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);',
      );
      expect(await probeRuntime('tensorflow', { seconds: 1, program: crash })).toEqual({
        usable: false,
        name: 'tensorflow',
        reason: 'it crashed (SIGSEGV); its last words: oneDNN: illegal instruction',
      });
    },
  );

  test('that throws is told with its exit code', async () => {
    const thrown = await probeRuntime('wasm', {
      seconds: 1,
      program: program('process.exitCode = 7;'),
    });
    expect(thrown).toEqual({
      usable: false,
      name: 'wasm',
      reason: 'it crashed (exit code 7)',
    });
  });

  test('that hangs is ended', async () => {
    const hang = program('setInterval(() => {}, 1000);');
    expect(
      await probeRuntime('webgpu', { seconds: 1, program: hang, timeoutSeconds: 0.5 }),
    ).toEqual({ usable: false, name: 'webgpu', reason: 'it did not answer within 0.5 seconds' });
  });

  test('that answers nonsense is not believed', async () => {
    const nonsense = program('process.send({ usable: true, name: "wasm", gflops: "many" });');
    expect(await probeRuntime('wasm', { seconds: 1, program: nonsense })).toMatchObject({
      usable: false,
    });
  });

  test('whose Node does not exist is told', async () => {
    expect(await probeRuntime('wasm', { seconds: 1, node: '/nonexistent/node' })).toMatchObject({
      usable: false,
      reason: expect.stringMatching(/could not be started .*ENOENT/) as string,
    });
  });

  test('of a file that is no addon says what to do', async () => {
    const addon = program('not an addon');
    const result = await probeRuntime('tensorflow', { seconds: 1, addon });
    expect(result).toMatchObject({
      usable: false,
      reason: expect.stringMatching(/cannot be loaded .*sn-gan runtime install/) as string,
    });
  });
});

describe('choosing on a machine where nothing is installed', () => {
  beforeEach(() => {
    vi.stubEnv('SN_GAN_HOME', folder);
    // Drivers of this machine must not decide a test.
    vi.stubEnv('VK_ICD_FILENAMES', '/nonexistent.json');
    vi.stubEnv('VK_DRIVER_FILES', '/nonexistent.json');
  });
  afterEach(() => vi.unstubAllEnvs());

  test('`auto` gives reasons, and a second choice is remembered', async ({ skip }) => {
    if ((await findAddon()) !== undefined) return skip('npm’s install script placed an addon');
    const first = await chooseRuntime('auto');
    expect(first.reason).toMatch(/tensorflow: TensorFlow is not installed/);
    const remembered = readFileSync(probeCacheFile(), 'utf8');
    expect(await chooseRuntime('auto')).toEqual(first);
    expect(readFileSync(probeCacheFile(), 'utf8')).toBe(remembered);
  });

  test('an asked runtime fails with what to do and is not replaced', async ({ skip }) => {
    if ((await findAddon()) !== undefined) return skip('npm’s install script placed an addon');
    await expect(chooseRuntime('tensorflow')).rejects.toThrow(
      /tensorflow was asked for and does not work here: .*sn-gan runtime install/,
    );
  });
});
