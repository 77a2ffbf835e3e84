import { existsSync } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { compileAddon, findCompiler, ownFolder } from './compileAddon';
import type { InstallSteps, StagedTensorflow } from './install';
import { pipDownload, pythonTensorflow, type PythonTensorflow } from './python';
import {
  isNeededFromCudaWheel,
  isNeededFromTensorflowWheel,
  locateTensorflow,
} from './tensorflowFiles';
import { extractWheel, readWheelIdentity, type WheelIdentity } from './wheel';

/** The TensorFlow that is downloaded where none is installed; the one the tests run against. */
export const PINNED_VERSION = '2.21.0';
const ADDON = 'tfjs_binding.node';
const GIGABYTE = 1e9;

/** Which TensorFlow pip brings. */
export interface PipChoice {
  readonly python: string;
  /** With NVIDIA's CUDA libraries. */
  readonly gpu: boolean;
}

/** Builds the addon against the TensorFlow that `python` has, or against one that pip downloads. */
export async function buildFromPip(
  folder: string,
  choice: PipChoice,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  await refuseUnbuildable();
  const installed = await pythonTensorflow(choice.python);
  if (installed && !(choice.gpu && installed.distribution === 'tensorflow-cpu')) {
    steps.report(
      `${installed.distribution} ${installed.version} is installed in ${installed.folder}; building the addon against it …`,
    );
    return buildAgainstInstalled(folder, installed, steps);
  }
  return buildFromDownload(folder, choice, steps);
}

/** Builds against a wheel file or a folder with TensorFlow's libraries and headers. */
export async function buildFromPath(
  folder: string,
  from: string,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  await refuseUnbuildable();
  const source = path.resolve(from);
  if (!existsSync(source))
    throw new UserError(`${from}, given with --from, does not exist: name a wheel or a folder.`);
  if ((await stat(source)).isDirectory()) {
    const files = locateTensorflow(source);
    steps.report(`Building the addon against ${files.libraryFolder} …`);
    await compileAddon(files, path.join(folder, ADDON), files.libraryFolder, steps.signal);
    return { variant: 'folder', addon: ADDON, source };
  }
  await unpackTensorflow(folder, source, steps);
  return buildUnpacked(folder, source, steps);
}

/** An installed TensorFlow is used where it is: its libraries are large, and pip looks after them. */
async function buildAgainstInstalled(
  folder: string,
  installed: PythonTensorflow,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  const files = locateTensorflow(installed.folder);
  await compileAddon(files, path.join(folder, ADDON), files.libraryFolder, steps.signal);
  return {
    variant: 'pip',
    addon: ADDON,
    source: `${installed.distribution} ${installed.version} in ${installed.folder}`,
  };
}

async function buildFromDownload(
  folder: string,
  { python, gpu }: PipChoice,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  // Only x86-64 Linux has a separate wheel without CUDA.
  const separate = process.platform === 'linux' && process.arch === 'x64';
  const requirement = `${separate && !gpu ? 'tensorflow-cpu' : 'tensorflow'}==${PINNED_VERSION}`;
  await refuseFullDisk(folder, gpu ? 10 * GIGABYTE : 1.5 * GIGABYTE);
  const size = gpu ? 'about 3.4 GB, 5.2 GB on disk' : 'about 0.3 GB, 0.9 GB on disk';
  const what = gpu ? `${requirement} and NVIDIA's CUDA libraries` : requirement;
  if (!(await steps.confirm(`Download ${what} with pip (${size})?`)))
    throw new UserError('Nothing was downloaded or installed, as you chose.');

  const downloads = path.join(folder, '.downloads');
  await mkdir(downloads);
  steps.report(`Downloading ${requirement} with pip …`);
  const [wheel] = await pipDownload(python, [requirement], downloads, steps.signal);
  const identity = await unpackTensorflow(folder, wheel, steps);
  await rm(wheel);
  if (gpu) await addCuda(folder, identity, { python, downloads }, steps);
  await rm(downloads, { recursive: true });
  return buildUnpacked(folder, `${requirement} from pip`, steps);
}

async function unpackTensorflow(
  folder: string,
  wheel: string,
  steps: InstallSteps,
): Promise<WheelIdentity> {
  const identity = await readWheelIdentity(wheel);
  steps.report(`Unpacking ${path.basename(wheel)} …`);
  const names = await extractWheel(wheel, folder, isNeededFromTensorflowWheel, steps.signal);
  if (names.length === 0)
    throw new UserError(`${wheel} is not TensorFlow but ${identity.distribution}: give another.`);
  return identity;
}

async function addCuda(
  folder: string,
  identity: WheelIdentity,
  { python, downloads }: { python: string; downloads: string },
  steps: InstallSteps,
): Promise<void> {
  if (identity.cudaRequirements.length === 0)
    throw new UserError(
      `${identity.distribution} ${identity.version} names no CUDA libraries: NVIDIA cards are supported on Linux only; leave out --gpu.`,
    );
  steps.report(`Downloading ${identity.cudaRequirements.length} CUDA libraries with pip …`);
  const wheels = await pipDownload(python, identity.cudaRequirements, downloads, steps.signal);
  for (const wheel of wheels) {
    steps.report(`Unpacking ${path.basename(wheel)} …`);
    await extractWheel(wheel, folder, isNeededFromCudaWheel, steps.signal);
    await rm(wheel);
  }
}

async function buildUnpacked(
  folder: string,
  source: string,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  steps.report('Building the addon …');
  const files = locateTensorflow(folder);
  await compileAddon(files, path.join(folder, ADDON), `${ownFolder()}/tensorflow`, steps.signal);
  const variant = existsSync(path.join(folder, 'nvidia')) ? 'gpu' : 'cpu';
  return { variant, addon: ADDON, source };
}

/** Fails before anything is downloaded where nothing could be built. */
async function refuseUnbuildable(): Promise<void> {
  if (process.platform === 'win32')
    throw new UserError(
      'On Windows the addon cannot be built against pip’s TensorFlow: use `sn-gan runtime install --from official`, which downloads one that is built.',
    );
  await findCompiler();
}

async function refuseFullDisk(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new UserError(
    `${path.dirname(folder)} has ${(free / GIGABYTE).toFixed(1)} GB free, and ${(needed / GIGABYTE).toFixed(1)} GB are needed: make room, or choose another disk with --to.`,
  );
}
