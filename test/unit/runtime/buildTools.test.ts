import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildFromPath, buildFromPip } from '../../../src/runtime/tensorflow/buildSources';
import { findCompiler } from '../../../src/runtime/tensorflow/compileAddon';
import { pipDownload, pythonTensorflow } from '../../../src/runtime/tensorflow/python';
import { locateTensorflow } from '../../../src/runtime/tensorflow/tensorflowFiles';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();
const refused = { report: () => undefined, confirm: () => Promise.resolve(false) };

/** A stand-in for Python that runs a line of shell. */
function fakePython(script: string): string {
  const file = path.join(home(), 'python');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function touch(...names: string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(home(), name)), { recursive: true });
    writeFileSync(path.join(home(), name), '');
  }
}

describe('the compiler', () => {
  test('that is missing is answered with the package to install', async () => {
    await expect(findCompiler({ PATH: '/nonexistent' })).rejects.toThrow(
      process.platform === 'darwin' ? /xcode-select/ : /No C\+\+ compiler .*`apt install g\+\+/,
    );
  });

  test('that CXX names and that does not run is not replaced by another', async () => {
    await expect(findCompiler({ ...process.env, CXX: '/nonexistent/c++' })).rejects.toThrow(
      /\/nonexistent\/c\+\+ that CXX names cannot be run/,
    );
  });
});

describe.skipIf(process.platform === 'win32')('Python', () => {
  test('that is missing is answered with the other ways', async () => {
    await expect(pythonTensorflow('/nonexistent/python')).rejects.toThrow(
      /not found as `\/nonexistent\/python`: name one with --python/,
    );
    await expect(pipDownload('/nonexistent/python', ['x'], home())).rejects.toThrow(/not found/);
  });

  test('that is no Python is named', async () => {
    await expect(pythonTensorflow(fakePython('echo 2.7'))).rejects.toThrow(/is no Python 3/);
    await expect(pythonTensorflow(fakePython('exit 3'))).rejects.toThrow(/cannot be run/);
  });

  test('tells where its TensorFlow lies, or that it has none', async () => {
    const found = { folder: '/site/tensorflow', distribution: 'tensorflow-cpu', version: '2.21.0' };
    const answer = (tensorflow: object | null): string =>
      fakePython(`echo '${JSON.stringify({ tensorflow })}'`);
    expect(await pythonTensorflow(answer(found))).toEqual(found);
    const spelt = { ...found, distribution: 'TensorFlow_CPU' };
    expect(await pythonTensorflow(answer(spelt))).toEqual(found);
    expect(await pythonTensorflow(answer(null))).toBeUndefined();
  });

  test('whose pip fails is quoted', async () => {
    const python = fakePython('echo "ERROR: no network" >&2; exit 1');
    await expect(pipDownload(python, ['tensorflow-cpu==2.21.0'], home())).rejects.toThrow(
      /could not download tensorflow-cpu==2\.21\.0 \(ERROR: no network\)/,
    );
  });

  test('that TensorFlow has no wheels for has pip ask for those of another Python', async () => {
    const python = fakePython(`case "$*" in
      *"--python-version 3.12"*) touch "${home()}/a.whl";;
      *) echo "ERROR: No matching distribution found" >&2; exit 1;;
    esac`);
    expect(await pipDownload(python, ['x'], home())).toEqual([path.join(home(), 'a.whl')]);
  });

  test('downloads nothing without consent', async () => {
    const python = fakePython(
      'case "$*" in *pip*) touch "$0.ran";; esac; echo \'{"tensorflow":null}\'',
    );
    const choice = { python, gpu: false };
    await expect(buildFromPip(home(), choice, refused)).rejects.toThrow(/as you chose/);
    expect(() => chmodSync(`${python}.ran`, 0o644)).toThrow(/ENOENT/);
  });
});

describe('TensorFlow in a folder', () => {
  const header = 'include/tensorflow/c/eager/c_api.h';
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

  test.each([
    { what: 'a site-packages', folder: 'tensorflow' },
    { what: 'the package itself', folder: '.' },
  ])('is found in $what', ({ folder }) => {
    touch(...libraries.map((name) => `${folder}/${name}`), `${folder}/${header}`);
    expect(locateTensorflow(home(), 'linux')).toEqual({
      libraryFolder: path.join(home(), folder),
      libraries,
      includeFolder: path.join(home(), folder, 'include'),
    });
  });

  test('is found as the C distribution', () => {
    touch('lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2', header);
    expect(locateTensorflow(home(), 'linux').libraries[0]).toBe('libtensorflow.so.2');
  });

  test('without libraries or without headers is told apart', () => {
    expect(() => locateTensorflow(home(), 'linux')).toThrow(/no TensorFlow libraries/);
    touch(...libraries);
    expect(() => locateTensorflow(home(), 'linux')).toThrow(/libraries but not its headers/);
    expect(() => locateTensorflow(home(), 'win32')).toThrow(/none exist for this platform/);
  });

  test('that does not exist is named', async () => {
    await expect(buildFromPath(home(), '/nonexistent', refused)).rejects.toThrow(
      /\/nonexistent, given with --from, does not exist/,
    );
  });
});
