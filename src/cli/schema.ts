import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { editorSchema } from '../gan/configSchema';
import { explainingDiskErrors } from '../runs/diskErrors';
import { printResult } from './output';

/** Adds `sn-gan schema`. */
export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('Print the JSON Schema of config files, for editors that complete and check them.')
    .option('--out <file>', 'write it to a file instead')
    .addHelpText(
      'after',
      `
Example:
  sn-gan schema --out sngan.schema.json
  (and in a config: "$schema": "./sngan.schema.json")`,
    )
    .action(schema);
}

async function schema({ out }: { readonly out?: string }, command: Command): Promise<void> {
  const text = `${JSON.stringify(editorSchema(), null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await explainingDiskErrors('write', out, () => writeFile(out, text));
  const file = path.resolve(out);
  printResult(command, { out: file }, () => [`Wrote ${file}.`]);
}
