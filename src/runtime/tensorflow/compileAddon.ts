import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../shared/userError';
import { bundleFolder } from '../bundleFolder';
import type { TensorflowFiles } from './tensorflowFiles';

const run = promisify(execFile);

/** The Node-API version that every supported Node has; it fixes the addon's binary interface. */
const NODE_API_VERSION = 8;

/**
 * Compiles tfjs-node's addon against the given TensorFlow; about 15 seconds.
 *
 * @param output path of the addon
 * @param runPath where the addon looks for TensorFlow when it is loaded; may begin with
 *   {@link ownFolder}
 * @throws UserError when there is no compiler or it fails
 */
export async function compileAddon(
  files: TensorflowFiles,
  output: string,
  runPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const compiler = await findCompiler();
  const addonFolder = path.join(bundleFolder, 'addon');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];
  const args = [
    ...['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${NODE_API_VERSION}`],
    // Node's own symbols are found in the process that loads the addon.
    ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...['-I', path.join(addonFolder, 'node-api'), '-I', files.includeFolder],
    ...sources.map((name) => path.join(addonFolder, 'binding', name)),
    ...files.libraries.map((name) => path.join(files.libraryFolder, name)),
    // As separate words, so that a comma in a path does no harm.
    ...['-Xlinker', '-rpath', '-Xlinker', runPath],
    ...['-o', output],
  ];
  await mkdir(path.dirname(output), { recursive: true });
  try {
    await run(compiler, args, { maxBuffer: 2 ** 26, ...(signal ? { signal } : {}) });
  } catch (error) {
    throw new UserError(
      `${compiler} could not build TensorFlow's addon (${firstError(error)}): try another compiler with the environment variable CXX, or another TensorFlow with --from.`,
      { cause: error },
    );
  }
}

/** The addon's own folder, in the run path's language. */
export function ownFolder(): string {
  return process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
}

/**
 * The C++ compiler: `CXX`, else the first of the usual names that runs.
 *
 * @throws UserError that says which package to install
 */
export async function findCompiler(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const names = environment.CXX ? [environment.CXX] : ['c++', 'g++', 'clang++'];
  for (const name of names) {
    if (await runs(name, environment)) return name;
  }
  throw new UserError(
    environment.CXX
      ? `The compiler ${environment.CXX} that CXX names cannot be run: correct CXX or unset it.`
      : `No C++ compiler was found (${names.join(', ')}): ${compilerAdvice(process.platform)}.`,
  );
}

async function runs(compiler: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await run(compiler, ['--version'], { env });
    return true;
  } catch {
    return false;
  }
}

function compilerAdvice(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return "install Apple's with `xcode-select --install`";
  return 'install one with `apt install g++` (Debian, Ubuntu), `dnf install gcc-c++` (Fedora) or `pacman -S gcc` (Arch)';
}

function firstError(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const line = stderr.split('\n').find((text) => /error|undefined reference/i.test(text));
  return (line ?? message).trim().slice(0, 300);
}
