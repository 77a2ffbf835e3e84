import type { Command } from 'commander';
import { buildFromPath, buildFromPip } from '../runtime/tensorflow/buildSources';
import {
  installTensorflow,
  type InstallSteps,
  type StagedTensorflow,
} from '../runtime/tensorflow/install';
import {
  listInstallations,
  removeInstallation,
  useInstallation,
} from '../runtime/tensorflow/installations';
import { stageOfficial } from '../runtime/tensorflow/official';
import { UserError } from '../shared/userError';
import { askConsent } from './consent';
import { note, printResult } from './output';

interface InstallFlags {
  readonly from: string;
  readonly to?: string;
  readonly python: string;
  readonly gpu?: boolean;
  readonly yes?: boolean;
}

/** Adds `sn-gan runtime install | list | use | remove`. */
export function addRuntimeCommands(program: Command): void {
  const runtime = program.command('runtime').description('Install and choose a native TensorFlow.');
  runtime
    .command('install')
    .description("Build tfjs-node's addon against a TensorFlow, check it, and use it from now on.")
    .option(
      '--from <source>',
      '`pip` (installed, else downloaded), a wheel, a folder, or `official` (libtensorflow 2.9.1)',
      'pip',
    )
    .option('--to <folder>', 'where to install; below your data folder unless given')
    .option('--python <command>', 'the Python whose TensorFlow or pip is used', defaultPython())
    .option('--gpu', "with NVIDIA's CUDA libraries")
    .option('--yes', 'agree to downloads without being asked')
    .action((flags: InstallFlags, command: Command) => install(flags, command));
  runtime
    .command('list')
    .description('Show the TensorFlows that are installed.')
    .action((_flags: object, command: Command) => list(command));
  runtime
    .command('use <name>')
    .description('Use an installed TensorFlow, by name or folder; `package` for what npm brought.')
    .action(async (name: string, _flags: object, command: Command) => {
      const used = await useInstallation(name);
      printResult(command, { used }, () => [`From now on, tensorflow is ${used}.`]);
    });
  runtime
    .command('remove <name>')
    .description('Delete an installed TensorFlow, by name or folder.')
    .action(async (name: string, _flags: object, command: Command) => {
      const removed = await removeInstallation(name);
      printResult(command, { removed }, () => [`Removed ${removed}.`]);
    });
}

async function install(flags: InstallFlags, command: Command): Promise<void> {
  const cancel = new AbortController();
  const interrupt = (): void => cancel.abort();
  process.once('SIGINT', interrupt);
  const steps: InstallSteps = {
    report: note,
    confirm: (question) =>
      flags.yes ? Promise.resolve(true) : askConsent(question, cancel.signal),
    signal: cancel.signal,
  };
  const start = Date.now();
  try {
    const installed = await installTensorflow(
      flags.to,
      (folder) => stageFrom(folder, flags, steps),
      steps,
    );
    const seconds = Math.round((Date.now() - start) / 1000);
    const { check } = installed;
    printResult(command, { ...installed, seconds }, () => [
      `TensorFlow ${installed.version} is installed in ${installed.folder} (${seconds} s).`,
      `It computes on ${check.device} at ${check.gflops?.toFixed(0) ?? '?'} GFLOPS, and is used from now on.`,
      ...(flags.gpu && check.deviceKind !== 'gpu'
        ? [
            'It sees no graphics card, although --gpu was given: check the driver with `nvidia-smi`.',
          ]
        : []),
    ]);
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    throw new UserError('Cancelled; nothing was installed.', { cause: error });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function stageFrom(
  folder: string,
  flags: InstallFlags,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  const gpu = flags.gpu === true;
  if (flags.from === 'pip') return buildFromPip(folder, { python: flags.python, gpu }, steps);
  if (flags.from === 'official') return stageOfficial(folder, gpu, steps);
  return buildFromPath(folder, flags.from, steps);
}

async function list(command: Command): Promise<void> {
  const installations = await listInstallations();
  printResult(command, { installations }, () =>
    installations.length === 0
      ? ['No TensorFlow is installed; `sn-gan runtime install` does it.']
      : installations.map(
          ({ name, version, device, folder, inUse, problem }) =>
            `${inUse ? '*' : ' '} ${name}  ${problem ?? `TensorFlow ${version}, ${device}`}  ${folder}`,
        ),
  );
}

/** Windows' own launcher is `python`; elsewhere that name may still be Python 2. */
function defaultPython(): string {
  return process.platform === 'win32' ? 'python' : 'python3';
}
