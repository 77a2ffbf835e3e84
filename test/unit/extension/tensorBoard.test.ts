import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTensorBoard, TensorBoardServer } from '../../../src/extension/runtime/tensorBoard';
import { UserError } from '../../../src/shared/userError';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sn-gan-board-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

async function program(name: string, script: string): Promise<string> {
  const bin = path.join(folder, name);
  await mkdir(bin, { recursive: true });
  const file = path.join(bin, 'tensorboard');
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

describe.skipIf(process.platform === 'win32')('TensorBoard', () => {
  it('is found on the PATH only where it can be run', async () => {
    const runnable = await program('runnable', 'true');
    const other = await program('other', 'true');
    await chmod(other, 0o644);
    const PATH = [path.join(folder, 'nowhere'), path.dirname(other), path.dirname(runnable)];
    expect(await findTensorBoard({ PATH: PATH.join(path.delimiter) })).toBe(runnable);
    expect(await findTensorBoard({ PATH: path.dirname(other) })).toBeUndefined();
    // What lies in a workspace is never run because the workspace is the current folder.
    expect(await findTensorBoard({ PATH: '.' })).toBeUndefined();
  });

  it('is up when it says where, serves one folder, and ends when it is told', async () => {
    const file = await program(
      'good',
      'echo "args: $*"; echo "TensorBoard 2.21.0 at http://localhost:41234/ (Press CTRL+C to quit)" >&2; exec sleep 60',
    );
    const lines: string[] = [];
    const server = await TensorBoardServer.start(file, '/a run', (line) => lines.push(line), never);
    expect(server.address).toBe('http://localhost:41234/');
    expect(server.isAlive).toBe(true);
    await expect.poll(() => lines).toContain('args: --logdir /a run --port 0 --host localhost');
    server.stop();
    await expect.poll(() => server.isAlive).toBe(false);
  });

  it('says why it did not start', async () => {
    const file = await program('bad', 'echo "ModuleNotFoundError: no module grpc" >&2; exit 1');
    const started = TensorBoardServer.start(file, folder, () => undefined, never);
    await expect(started).rejects.toThrow(UserError);
    await expect(started).rejects.toThrow(/ModuleNotFoundError/);
  });

  it('is stopped when the person does not want to wait', async () => {
    const file = await program('silent', 'exec sleep 60');
    const cancel = new AbortController();
    const started = TensorBoardServer.start(file, folder, () => undefined, cancel.signal);
    cancel.abort(new Error('enough'));
    await expect(started).rejects.toThrow('enough');
  });
});
