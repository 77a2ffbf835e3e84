import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cachedProbe,
  probeCacheFile,
  probeKey,
  storeProbe,
} from '../../../src/runtime/probe/probeCache';
import type { ProbeResult } from '../../../src/runtime/probe/probeResult';
import { userFolders } from '../../../src/runtime/userFolders';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();
const DAY = 24 * 3600 * 1000;

const failed: ProbeResult = { usable: false, name: 'webgpu', reason: 'no adapter' };
const fast: ProbeResult = {
  usable: true,
  name: 'wasm',
  version: '4.22.0',
  device: 'one thread',
  deviceKind: 'cpu',
  memoryBytes: null,
  gflops: 12,
  remark: null,
};

describe('the cache of probes', () => {
  test('keeps a result for a month and a failure for a day', async () => {
    await storeProbe('fast', fast, 0);
    await storeProbe('failed', failed, 0);
    expect(await cachedProbe('fast', 29 * DAY)).toEqual(fast);
    expect(await cachedProbe('fast', 31 * DAY)).toBeUndefined();
    expect(await cachedProbe('failed', 0.9 * DAY)).toEqual(failed);
    expect(await cachedProbe('failed', 1.1 * DAY)).toBeUndefined();
  });

  test('does not believe a result from the future', async () => {
    await storeProbe('fast', fast, 10 * DAY);
    expect(await cachedProbe('fast', 9 * DAY)).toBeUndefined();
  });

  test('keeps the newest results only', async () => {
    for (let time = 0; time < 30; time++) await storeProbe(`key ${time}`, fast, time);
    expect(await cachedProbe('key 29', 30)).toEqual(fast);
    expect(await cachedProbe('key 0', 30)).toBeUndefined();
  });

  test('that is damaged is an empty one, and can be written again', async () => {
    mkdirSync(path.dirname(probeCacheFile()), { recursive: true });
    writeFileSync(probeCacheFile(), '{"format":1,"entries":{"fast":{');
    expect(await cachedProbe('fast')).toBeUndefined();
    await storeProbe('fast', fast);
    expect(await cachedProbe('fast')).toEqual(fast);
  });

  test.skipIf(process.getuid?.() === 0)('that cannot be written stops nothing', async () => {
    chmodSync(home(), 0o500);
    await expect(storeProbe('fast', fast)).resolves.toBeUndefined();
    chmodSync(home(), 0o700);
  });

  test('that the disk has no room for stops nothing', async ({ skip }) => {
    const folder = path.dirname(probeCacheFile());
    mkdirSync(folder, { recursive: true });
    const mount = ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder];
    if (process.platform !== 'linux' || spawnSync('mount', mount).status !== 0)
      return skip('no disk of a chosen size can be mounted here');
    try {
      writeFileSync(path.join(folder, 'everything'), Buffer.alloc(4096));
      await expect(storeProbe('fast', fast)).resolves.toBeUndefined();
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});

describe('the key of a probe', () => {
  test('changes with runtime, Node, addon and steering variables, and with nothing else', async () => {
    const addon = path.join(home(), 'tfjs_binding.node');
    writeFileSync(addon, 'one');
    const node = process.execPath;
    const key = await probeKey('tensorflow', node, addon, {});
    expect(await probeKey('tensorflow', node, addon, { TERM: 'xterm' })).toBe(key);
    utimesSync(addon, 1, 1);
    const others = [
      await probeKey('wasm', node, addon, {}),
      await probeKey('tensorflow', '/other/node', addon, {}),
      await probeKey('tensorflow', node, addon, {}),
      await probeKey('tensorflow', node, undefined, {}),
      await probeKey('tensorflow', node, addon, { CUDA_VISIBLE_DEVICES: '1' }),
    ];
    expect(new Set([key, ...others]).size).toBe(6);
  });
});

describe('the per-user folders', () => {
  test('follow the XDG base directories and ignore relative ones', () => {
    const environment = { XDG_CONFIG_HOME: '/xdg/config', XDG_DATA_HOME: 'relative' };
    expect(userFolders(environment, 'linux', '/home/a')).toEqual({
      config: '/xdg/config/sn-gan',
      data: '/home/a/.local/share/sn-gan',
      cache: '/home/a/.cache/sn-gan',
    });
  });

  test('are one folder where SN_GAN_HOME says so', () => {
    expect(userFolders({ SN_GAN_HOME: '/own', XDG_CONFIG_HOME: '/x' }, 'linux', '/home/a')).toEqual(
      {
        config: '/own',
        data: '/own',
        cache: '/own/cache',
      },
    );
  });
});
