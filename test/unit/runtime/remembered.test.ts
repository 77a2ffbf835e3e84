import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findAddon, packageAddon } from '../../../src/runtime/tensorflow/findAddon';
import {
  INSTALLATION_FILE,
  readInstallation,
  writeInstallation,
} from '../../../src/runtime/tensorflow/installation';
import {
  listInstallations,
  removeInstallation,
  useInstallation,
} from '../../../src/runtime/tensorflow/installations';
import {
  forget,
  readRemembered,
  rememberAndUse,
  rememberedFile,
} from '../../../src/runtime/tensorflow/remembered';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();

async function makeInstallation(name: string): Promise<string> {
  const folder = path.join(home(), 'runtimes', name);
  await writeInstallation(folder, {
    format: 1,
    name,
    version: '2.21.0',
    device: 'cpu',
    addon: 'tfjs_binding.node',
    source: 'a test',
    installed: '2026-01-01T00:00:00.000Z',
  });
  writeFileSync(path.join(folder, 'tfjs_binding.node'), '');
  return folder;
}

describe('the file of remembered runtimes', () => {
  test('remembers nothing before anything was installed', async () => {
    expect(await readRemembered()).toEqual({ format: 1, current: null, folders: [] });
  });

  test.each(['{"format":1,"current":', '{"format":2}', '[]', ''])(
    'that is damaged (%j) is named with what to do',
    async (text) => {
      writeFileSync(rememberedFile(), text);
      await expect(readRemembered()).rejects.toThrow(/runtimes\.json, .* damaged: delete it/);
    },
  );

  test('keeps the newest in use and falls back to an older one when that is forgotten', async () => {
    await rememberAndUse('/a');
    await rememberAndUse('/b');
    await rememberAndUse('/a');
    expect(await readRemembered()).toEqual({ format: 1, current: '/a', folders: ['/b', '/a'] });
    await forget('/a');
    expect(await readRemembered()).toEqual({ format: 1, current: '/b', folders: ['/b'] });
    await forget('/b');
    expect((await readRemembered()).current).toBeNull();
  });
});

describe('an installation', () => {
  test('is found through what is remembered', async () => {
    const folder = await makeInstallation('tensorflow-2.21.0-cpu');
    await rememberAndUse(folder);
    expect(await findAddon()).toEqual({
      addon: path.join(folder, 'tfjs_binding.node'),
      name: 'tensorflow-2.21.0-cpu',
    });
  });

  test('in use whose folder is gone is an error and not replaced by another', async () => {
    await rememberAndUse(path.join(home(), 'gone'));
    await expect(findAddon()).rejects.toThrow(/gone holds no TensorFlow/);
  });

  test('whose record is damaged or leads out of the folder is refused', async () => {
    const folder = await makeInstallation('x');
    const record = await readInstallation(folder);
    const file = path.join(folder, INSTALLATION_FILE);
    for (const text of ['{', JSON.stringify({ ...record, addon: '../../evil.node' })]) {
      writeFileSync(file, text);
      await expect(readInstallation(folder)).rejects.toThrow(/sn-gan-runtime\.json is damaged/);
    }
  });

  test('can be chosen by name or folder, listed and removed', async () => {
    const first = await makeInstallation('first');
    const second = await makeInstallation('second');
    await useInstallation(first);
    await useInstallation(second);
    await useInstallation('first');
    const listed = (await listInstallations()).filter(({ name }) => name !== 'package');
    expect(listed.map(({ name, inUse }) => [name, inUse])).toEqual([
      ['second', false],
      ['first', true],
    ]);
    expect(await removeInstallation('first')).toBe(first);
    expect((await readRemembered()).current).toBe(second);
    await expect(removeInstallation('first')).rejects.toThrow(/No installed .* there is second/);
  });

  test('cannot be a folder that we did not make', async () => {
    await expect(useInstallation(home())).rejects.toThrow(/holds no TensorFlow made by/);
    await expect(useInstallation('wasm')).rejects.toThrow(/wasm is a runtime .* in its config/);
  });
});

test('the addon that npm’s install script placed is found, the newest Node-API first', () => {
  const pkg = path.join(home(), 'node_modules/@tensorflow/tfjs-node-gpu');
  for (const version of [6, 8]) {
    mkdirSync(path.join(pkg, `lib/napi-v${version}`), { recursive: true });
    writeFileSync(path.join(pkg, `lib/napi-v${version}/tfjs_binding.node`), '');
  }
  writeFileSync(path.join(pkg, 'package.json'), '{}');
  expect(packageAddon(path.join(home(), 'dist'))).toEqual({
    addon: path.join(pkg, 'lib/napi-v8/tfjs_binding.node'),
    name: 'package',
  });
  expect(packageAddon(path.parse(home()).root)).toBeUndefined();
});
