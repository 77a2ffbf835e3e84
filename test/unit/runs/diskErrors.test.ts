import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppendFile } from '../../../src/runs/appendFile';
import { replaceFile, writeFully } from '../../../src/runs/atomicFile';
import { diskError } from '../../../src/runs/diskErrors';
import { openLog } from '../../../src/runs/log';
import { readSafetensors, writeSafetensors } from '../../../src/runs/safetensors';
import { writeGrid } from '../../../src/runs/sampleGrid';
import { ScalarWriter, readScalars } from '../../../src/runs/scalars';
import { TensorBoardWriter } from '../../../src/runs/tensorboard/tensorBoardWriter';
import { UserError } from '../../../src/shared/userError';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-disk-'));

const refusal = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

describe('diskError', () => {
  it.each([
    ['ENOSPC', /Cannot write \/runs\/x: the disk is full\. Free some space/],
    ['EDQUOT', /quota/],
    ['EACCES', /permission was denied/],
    ['EROFS', /read-only/],
    ['EIO', /input\/output error/],
  ])('explains %s with the path and what to do', (code, message) => {
    const explained = diskError(refusal(code), 'write', '/runs/x');
    expect(explained).toBeInstanceOf(UserError);
    expect((explained as UserError).message).toMatch(message);
    expect((explained as UserError).message).toContain('/runs/x');
    expect((explained as UserError).cause).toMatchObject({ code });
  });

  it('leaves alone what is no refusal of the file system', () => {
    for (const thrown of [new TypeError('bug'), refusal('ERR_OUT_OF_RANGE'), 'text', undefined]) {
      expect(diskError(thrown, 'write', '/x')).toBe(thrown);
    }
  });
});

describe('replaceFile', () => {
  it('leaves the old file and nothing else when writing fails half-way', async () => {
    const folder = mkdtempSync(path.join(root, 'half-'));
    const file = path.join(folder, 'kept');
    writeFileSync(file, 'old');
    const failing = replaceFile(file, async (handle) => {
      await writeFully(handle, Buffer.from('new, but only a pa'));
      throw refusal('ENOSPC');
    });
    await expect(failing).rejects.toThrow(/Cannot write .*kept: the disk is full/);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['kept']);
  });
});

describe.skipIf(!existsSync('/dev/full'))('on a full device (skipped without /dev/full)', () => {
  it('append says that the disk is full', () => {
    const file = AppendFile.open('/dev/full');
    expect(() => file.append(Buffer.from('x'))).toThrow(
      /Cannot write \/dev\/full: the disk is full/,
    );
    file.close();
  });

  it('the log says so too, at the line that it could not write', () => {
    const log = openLog('/dev/full');
    expect(() => log.info('x')).toThrow(/the disk is full/);
    log.close();
  });
});

/** A file system of 64 KiB, if this process may mount one. */
const tiny = path.join(root, 'tiny');
mkdirSync(tiny);
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', tiny]).status === 0;

afterAll(() => {
  if (mounted) spawnSync('umount', [tiny]);
  rmSync(root, { recursive: true });
});

describe.skipIf(!mounted)(
  'on a disk that runs full (skipped where tmpfs cannot be mounted)',
  () => {
    const file = (name: string): string => path.join(tiny, name);
    const names = (): string[] => readdirSync(tiny).sort();
    beforeAll(() => {
      expect(names()).toEqual([]);
    });

    it('every writer says so, and nothing already written is harmed', async () => {
      const weight = (length: number): Parameters<typeof writeSafetensors>[1] => [
        { name: 'w', shape: [length], data: new Float32Array(length).fill(1) },
      ];
      await writeSafetensors(file('step-000100.safetensors'), weight(1000), {});
      const scalars = await ScalarWriter.open(file('scalars.jsonl'));
      const events = await TensorBoardWriter.open(tiny);
      const log = openLog(file('trainer.log'));
      scalars.append({ step: 1, time: 1 });
      events.scalars(1, 1, { loss: 1 });
      log.info('begun');
      const before = new Map(names().map((name) => [name, readFileSync(file(name))]));

      const full = /the disk is full\. Free some space/;
      const large = writeSafetensors(file('step-000100.safetensors'), weight(100_000), {});
      await expect(large).rejects.toThrow(full);
      const noise = Float32Array.from({ length: 3 * 256 * 256 }, (_, i) => Math.sin(i * i));
      const images = { data: noise, count: 1, height: 256, width: 256 };
      await expect(writeGrid(file('step-000100.png'), images)).rejects.toThrow(full);
      expect(new Map(names().map((name) => [name, readFileSync(file(name))]))).toEqual(before);

      // Appending goes on until not one more record fits; each is then whole or absent.
      const long = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`sigma/${i}`, i / 7]));
      let step = 1;
      expect(() => {
        for (;;) scalars.append({ ...long, step: ++step, time: 2 });
      }).toThrow(full);
      const kept = await readScalars(file('scalars.jsonl'));
      expect(kept.records.map((record) => record.step)).toEqual(
        Array.from({ length: step - 1 }, (_, i) => i + 1),
      );
      expect(kept).toMatchObject({ torn: false, damaged: [] });
      const eventsBefore = readFileSync(file(names()[0]));
      expect(() => events.text(2, 'x', 'x'.repeat(70_000))).toThrow(full);
      expect(readFileSync(file(names()[0]))).toEqual(eventsBefore);

      // With space again, all of them go on.
      rmSync(file('step-000100.safetensors'));
      scalars.append({ step, time: 3 });
      events.scalars(step, 3, { loss: 1 });
      log.info('goes on');
      expect((await readScalars(file('scalars.jsonl'))).records.at(-1)).toEqual({ step, time: 3 });
      await writeSafetensors(file('step-000200.safetensors'), weight(10), {});
      const { arrays } = await readSafetensors(file('step-000200.safetensors'));
      expect(arrays.get('w')?.data).toEqual(new Float32Array(10).fill(1));
      scalars.close();
      events.close();
      log.close();
    });
  },
);
