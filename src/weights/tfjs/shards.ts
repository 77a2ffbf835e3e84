import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { explainingDiskErrors } from '../../runs/diskErrors';
import { shortened } from '../../runs/jsonFlaw';
import { UserError } from '../../shared/userError';
import { damagedFile } from '../damagedFile';
import { type ElementType, elementBytes } from '../elementType';
import { FileBytes } from '../fileBytes';
import { ValueSink } from '../valueSink';
import type { WeightValues } from '../weightFile';

interface Shard {
  readonly file: string;
  /** Of its first byte among those of all shards. */
  readonly begin: number;
  readonly end: number;
}

/**
 * The files that hold the weights of a group one after the other, as if they were one. They are
 * opened when something of them is read.
 */
export class Shards {
  readonly bytes: number;

  private constructor(private readonly shards: readonly Shard[]) {
    this.bytes = shards.at(-1)?.end ?? 0;
  }

  /**
   * Looks up how large the files are.
   *
   * @param model the file that names them
   * @param seen files of other groups, to which these are added
   * @throws UserError for a name that leads out of the folder of the model, and for files that are
   *   missing or named twice
   */
  static async find(model: string, names: readonly string[], seen: Set<string>): Promise<Shards> {
    const shards: Shard[] = [];
    let begin = 0;
    for (const name of names) {
      const file = await placeOf(model, name);
      if (seen.has(file)) throw damagedFile(model, `it names the shard ${shortened(name)} twice`);
      seen.add(file);
      const { size } = await stat(file);
      shards.push({ file, begin, end: begin + size });
      begin += size;
    }
    return new Shards(shards);
  }

  /** @throws UserError where the range is not there or a file cannot be read */
  async read(begin: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.parts(begin, length)) parts.push(part);
    return Buffer.concat(parts);
  }

  /**
   * The elements from a byte on.
   *
   * @throws UserError as {@link read}
   */
  async values(begin: number, count: number, type: ElementType): Promise<WeightValues> {
    const sink = new ValueSink(this.shards[0]?.file ?? '', type, count, true);
    for await (const part of this.parts(begin, count * elementBytes[type])) sink.push(part);
    return sink.values;
  }

  private async *parts(begin: number, length: number): AsyncGenerator<Buffer> {
    for (const shard of this.shards) {
      const from = Math.max(begin, shard.begin);
      const to = Math.min(begin + length, shard.end);
      if (from >= to) continue;
      const file = await FileBytes.open(shard.file);
      try {
        yield* file.parts(from - shard.begin, to - from);
      } finally {
        await file.close();
      }
    }
  }
}

/**
 * The file of a shard. A model may come from anywhere, and must not make anybody read what lies
 * outside its own folder, neither by its name nor by a link.
 */
async function placeOf(model: string, name: string): Promise<string> {
  // A backslash divides on Windows; a colon names its drives, streams and what is no file.
  const climbs = name.split('/').includes('..') || path.isAbsolute(name) || /[\\:\0]/.test(name);
  const folder = path.dirname(model);
  if (!climbs) {
    const named = path.join(folder, name);
    const [realFolder, file] = await explainingDiskErrors('read', named, async () => [
      await realpath(folder),
      await realpath(named),
    ]);
    const inside = path.relative(realFolder, file);
    const isInside = inside.split(path.sep)[0] !== '..' && !path.isAbsolute(inside);
    if (isInside && (await stat(file)).isFile()) return file;
  }
  throw new UserError(
    `${model} names the shard ${shortened(name)}, which is no file in its own folder and is not read. Put all shards beside it.`,
  );
}
