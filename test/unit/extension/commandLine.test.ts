import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../src/extension/runtime/commandLine';
import { UserError } from '../../../src/shared/userError';

const node = { program: process.execPath, electron: false };
const root = path.resolve(import.meta.dirname, '../../..');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sn-gan-line-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('sn-gan as a process of the extension', () => {
  it('gives back what it printed', async () => {
    const args = ['data', 'emoji-32', '--json'];
    const printed = await runCommandLine(node, args, { cwd: folder });
    expect(JSON.parse(printed)).toMatchObject({ kind: 'built-in set', count: 2788 });
  });

  it.each([[[]], [['--json']]])('refuses with its own sentence under %j', async (flags) => {
    const args = ['inspect', path.join(folder, 'gone.safetensors'), ...flags];
    const refused = runCommandLine(node, args);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/gone\.safetensors/);
    await expect(refused).rejects.not.toThrow(/sn-gan:/);
  });

  it('tells a defect from a refusal', async () => {
    const program = path.join(folder, 'crash.sh');
    await writeFile(program, '#!/bin/sh\necho "Segmentation fault" >&2\nexit 139\n', {
      mode: 0o755,
    });
    const crashed = runCommandLine({ program, electron: false }, ['doctor']);
    await expect(crashed).rejects.toThrow(/ended with 139\. Segmentation fault/);
    await expect(crashed).rejects.not.toThrow(UserError);
  });

  it('reads notes line by line while it runs, and interrupts as Ctrl-C would', async () => {
    const program = path.join(folder, 'slow.sh');
    await writeFile(
      program,
      `#!/bin/sh\ntrap 'echo interrupted > "${folder}/trap"; exit 130' INT\necho "Downloading …" >&2\nwhile :; do sleep 0.05; done\n`,
      { mode: 0o755 },
    );
    const cancel = new AbortController();
    const notes: string[] = [];
    const onNote = (line: string): void => {
      notes.push(line);
      cancel.abort(new Error('enough'));
    };
    const stopped = runCommandLine({ program, electron: false }, [], {
      signal: cancel.signal,
      onNote,
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(notes).toEqual(['Downloading …']);
    expect(await readFile(path.join(folder, 'trap'), 'utf8')).toBe('interrupted\n');
  });

  it('does not start where it was cancelled before', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await expect(runCommandLine(node, ['--version'], { signal })).rejects.toThrow('before');
  });

  it('says where its program is when it cannot be started', async () => {
    const missing = { program: path.join(root, 'no-node'), electron: false };
    await expect(runCommandLine(missing, ['--version'])).rejects.toThrow(/no-node/);
  });
});
