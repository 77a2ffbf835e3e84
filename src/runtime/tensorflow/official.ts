import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { userFolders } from '../userFolders';
import { fetchArchive } from './fetchArchive';
import type { InstallSteps, StagedTensorflow } from './install';
import { unpackArchive } from './unpackArchive';

/** The release of @tensorflow/tfjs-node-gpu whose addon is fetched: the one in our bundle. */
const ADDON_VERSION = '4.22.0';
/** The libtensorflow that this addon was built against. */
const LIBTENSORFLOW_VERSION = '2.9.1';
const ADDON_FOLDER = 'lib/napi-v8';
const STORAGE = 'https://storage.googleapis.com/';
const GIGABYTE = 1e9;

/** The two archives that @tensorflow/tfjs-node-gpu's own install script would fetch. */
export interface OfficialArchives {
  readonly libraries: string;
  readonly addon: string;
}

/**
 * Addresses of the archives for a platform. `TFJS_NODE_CDN_STORAGE` names a mirror, as it does
 * for the package's own script.
 *
 * @throws UserError where no prebuilt addon exists
 */
export function officialArchives(
  platform: NodeJS.Platform,
  arch: string,
  gpu: boolean,
  storage: string = process.env.TFJS_NODE_CDN_STORAGE ?? STORAGE,
): OfficialArchives {
  const system = { linux: 'linux', win32: 'windows', darwin: 'darwin' }[platform as string];
  if (system === undefined || arch !== 'x64' || (system === 'darwin' && gpu))
    throw new UserError(
      `There is no prebuilt TensorFlow${gpu ? ' with CUDA' : ''} for ${platform} ${arch}: use \`sn-gan runtime install\`${gpu ? ' without --gpu' : ' without --from official'}.`,
    );
  const base = storage.endsWith('/') ? storage : `${storage}/`;
  const extension = platform === 'win32' ? 'zip' : 'tar.gz';
  const kind = gpu ? 'gpu' : 'cpu';
  return {
    libraries: `${base}tensorflow/libtensorflow/libtensorflow-${kind}-${system}-x86_64-${LIBTENSORFLOW_VERSION}.${extension}`,
    addon: `${base}tf-builds/pre-built-binary/napi-v8/${ADDON_VERSION}/${kind.toUpperCase()}-${system}-${ADDON_VERSION}.${extension}`,
  };
}

/**
 * Puts Google's prebuilt libtensorflow 2.9.1 and addon into a folder, as the package's own
 * install script would. With CUDA this needs CUDA 11.2 and cuDNN 8.1 on the machine, which know
 * no card made since 2022.
 *
 * @throws UserError when there is none for this platform, or a download fails
 */
export async function stageOfficial(
  folder: string,
  gpu: boolean,
  steps: InstallSteps,
): Promise<StagedTensorflow> {
  const archives = officialArchives(process.platform, process.arch, gpu);
  const agreed = await steps.confirm(
    `Download libtensorflow ${LIBTENSORFLOW_VERSION} and its addon from ${new URL(archives.libraries).host} (up to 0.5 GB, up to 1.5 GB on disk; no checksum is published, so size and connection are checked)?`,
  );
  if (!agreed) throw new UserError('Nothing was downloaded or installed, as you chose.');

  const libraries = await fetchReported(archives.libraries, steps);
  const addon = await fetchReported(archives.addon, steps);
  steps.report('Unpacking …');
  const placed = [
    ...(await unpackArchive(libraries, folder, placeLibrary)),
    ...(await unpackArchive(addon, folder, placeAddon)),
  ];
  const target = `${ADDON_FOLDER}/tfjs_binding.node`;
  if (!placed.includes(target) || !placed.some((name) => name.startsWith('deps/lib/')))
    throw new UserError(
      `The archives of ${archives.libraries} do not hold TensorFlow and its addon: use \`sn-gan runtime install\` without --from official.`,
    );
  // Windows looks for libraries beside the addon only.
  if (process.platform === 'win32')
    await copyFile(
      path.join(folder, 'deps/lib/tensorflow.dll'),
      path.join(folder, ADDON_FOLDER, 'tensorflow.dll'),
    );
  await rm(libraries);
  await rm(addon);
  return { variant: 'official', addon: target, source: archives.libraries };
}

/** `lib/…` of libtensorflow, where the prebuilt addon looks for it: two folders up, `deps/lib`. */
function placeLibrary(name: string): string | undefined {
  const file = /^(?:lib\/)?((?:lib)?tensorflow[\w.-]*\.(?:so|dylib|dll)[\w.-]*)$/.exec(name)?.[1];
  return file === undefined ? undefined : `deps/lib/${file}`;
}

function placeAddon(name: string): string | undefined {
  return path.posix.basename(name) === 'tfjs_binding.node'
    ? `${ADDON_FOLDER}/tfjs_binding.node`
    : undefined;
}

/** A line at every tenth is enough for a log and for a terminal. */
async function fetchReported(url: string, steps: InstallSteps): Promise<string> {
  const name = path.posix.basename(url);
  let next = 0;
  const onProgress = (bytes: number, total: number): void => {
    if (bytes < next) return;
    next = bytes + total / 10;
    const gigabytes = (count: number): string => (count / GIGABYTE).toFixed(2);
    steps.report(`${name}: ${gigabytes(bytes)} of ${gigabytes(total)} GB`);
  };
  const folder = path.join(userFolders().cache, 'downloads');
  return fetchArchive(url, folder, {
    onProgress,
    ...(steps.signal ? { signal: steps.signal } : {}),
  });
}
