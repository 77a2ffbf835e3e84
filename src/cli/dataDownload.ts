import path from 'node:path';
import type { Command } from 'commander';
import { download } from '../data/download';
import { knownSets, type KnownSet } from '../data/knownSets';
import { UserError } from '../shared/userError';
import { exitCode } from './exitCodes';
import { note, printResult } from './output';
import { progressLine } from './progressLine';

/** Adds `download <name>` to `sn-gan data`. */
export function addDataDownloadCommand(data: Command): void {
  const list = knownSets.map(({ name, title }) => `  ${name.padEnd(14)} ${title}`).join('\n');
  data
    .command('download')
    .description('Fetch a public image set; a download that was cut off goes on where it ended.')
    .argument('<name>', 'name of the set')
    .option('--to <folder>', 'where to put it', 'data')
    .addHelpText('after', `\nSets:\n${list}`)
    .action(fetchSet);
}

async function fetchSet(name: string, flags: { to: string }, command: Command): Promise<void> {
  const set = knownSets.find((known) => known.name === name);
  if (set === undefined) {
    const names = knownSets.map((known) => known.name).join(', ');
    throw new UserError(`There is no set "${name}" to download: choose one of ${names}.`);
  }
  const folder = path.resolve(flags.to, set.name);
  const cancel = new AbortController();
  const interrupt = (): void => cancel.abort();
  process.once('SIGINT', interrupt);
  try {
    await fetchFiles(set, folder, cancel.signal);
  } catch (thrown) {
    if (!cancel.signal.aborted) throw thrown;
    note('Stopped; the same command goes on from here.');
    process.exitCode = exitCode.interrupted;
    return;
  } finally {
    process.off('SIGINT', interrupt);
  }
  const source = path.join(folder, set.source);
  printResult(command, { name: set.name, source }, () => [
    `${set.title}`,
    `Use it with "source": ${JSON.stringify(source)} under "data" of a config.`,
  ]);
}

async function fetchFiles(set: KnownSet, folder: string, signal: AbortSignal): Promise<void> {
  const total = set.files.reduce((sum, file) => sum + file.bytes, 0);
  const progress = progressLine('MB');
  let before = 0;
  try {
    for (const file of set.files) {
      const onProgress = (bytes: number): void =>
        progress.update((before + bytes) / 1e6, total / 1e6);
      await download(file, folder, { signal, onProgress });
      before += file.bytes;
    }
  } finally {
    progress.stop();
  }
}
