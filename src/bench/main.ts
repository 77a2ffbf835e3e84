import { messageOf, UserError } from '../shared/userError';
import { folderJobSchema, loadFolder } from './growth/loadFolder';
import { serveSteps } from './serveSteps';
import { stepJobSchema } from './stepProtocol';

/**
 * The child process of `sn-gan bench`: `bench.cjs step JOB` makes training steps on one runtime,
 * `bench.cjs folder JOB` loads a folder of images. Answers are JSON lines on standard output.
 */
async function main(): Promise<void> {
  const [, , job, settings = '{}'] = process.argv;
  const given: unknown = JSON.parse(settings);
  if (job === 'step') await serveSteps(stepJobSchema.parse(given), answer);
  else if (job === 'folder') answer(await loadFolder(folderJobSchema.parse(given)));
  else throw new Error(`There is no job "${job}".`);
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

main().then(
  // The runtime may hold the process open; its work is done.
  () => process.exit(0),
  (thrown: unknown) => {
    const expected = thrown instanceof UserError;
    if (!expected) process.stderr.write(`${(thrown as Error).stack}\n`);
    // The last line is what the parent tells.
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exit(expected ? 2 : 1);
  },
);
