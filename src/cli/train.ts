import type { Command } from 'commander';
import { createRunFolder } from '../runs/newRunFolder';
import type { ConfigFile } from '../shared/config';
import { UserError } from '../shared/userError';
import { readConfig } from './configFile';
import { note } from './output';
import { superviseTraining } from './superviseTraining';

interface TrainFlags {
  readonly set: readonly string[];
  readonly demo?: boolean;
}

/** What `--demo` trains: the quick preset on the built-in images. */
const demo: ConfigFile = { name: 'demo', preset: 'quick', data: { source: 'emoji-32' } };

/** Adds `sn-gan train [config]`. */
export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('Train a GAN. Makes a run folder with samples, checkpoints and logs.')
    .argument('[config]', 'a *.sngan.json file; without one the defaults hold')
    .option(
      '--set <key=value>',
      'override a setting, any number of times',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--demo', 'train the quick preset on the built-in images')
    .addHelpText(
      'after',
      `
Ctrl-C saves a checkpoint and stops; pressed twice it exits at once.
A relative data.source starts at the config file's folder, or here where --set gives it.

Examples:
  sn-gan train --demo
  sn-gan train my.sngan.json
  sn-gan train --set preset=resnet --set data.source=./photos --set batch.discriminator=32`,
    )
    .action(train);
}

async function train(
  file: string | undefined,
  { set, demo: isDemo }: TrainFlags,
  command: Command,
): Promise<void> {
  if (isDemo && file !== undefined) {
    throw new UserError('--demo has a config of its own; leave out either it or the config file.');
  }
  const config = await readConfig({ file, overrides: set, base: isDemo ? demo : {} });
  const { folder } = await createRunFolder(config.runsFolder, config);
  note(`Run folder: ${folder}`);
  await superviseTraining(folder, command);
}
