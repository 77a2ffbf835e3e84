import { execFile, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { messageOf, UserError } from '../../shared/userError';

/** TensorFlow as a Python has it installed. */
export interface PythonTensorflow {
  /** The package folder, `…/site-packages/tensorflow`. */
  readonly folder: string;
  /** Name and version of the distribution that brought it, such as `tensorflow-cpu`. */
  readonly distribution: string;
  readonly version: string;
}

/** Finds the package without importing it, which would take seconds and print much. */
const FIND_TENSORFLOW = `
import importlib.util, importlib.metadata, json
spec = importlib.util.find_spec("tensorflow")
folders = list(spec.submodule_search_locations or []) if spec else []
names = importlib.metadata.packages_distributions().get("tensorflow", []) if folders and hasattr(importlib.metadata, "packages_distributions") else []
names += ["tensorflow", "tensorflow-cpu", "tf-nightly", "tf-nightly-cpu", "tensorflow-macos", "intel-tensorflow"]
found = None
for name in names if folders else []:
    try:
        found = {"folder": folders[0], "distribution": name, "version": importlib.metadata.version(name)}
        break
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps({"tensorflow": found}))
`;

const answerSchema = z.object({
  tensorflow: z
    .object({ folder: z.string(), distribution: z.string(), version: z.string() })
    .nullable(),
});

/**
 * The TensorFlow that `python` would import, or undefined.
 *
 * @throws UserError when that Python cannot be run
 */
export async function pythonTensorflow(python: string): Promise<PythonTensorflow | undefined> {
  // In the root folder nobody's tensorflow.py can stand in for the package.
  const cwd = path.parse(process.cwd()).root;
  let stdout: string;
  try {
    ({ stdout } = await promisify(execFile)(python, ['-c', FIND_TENSORFLOW], {
      cwd,
      timeout: 60_000,
    }));
  } catch (error) {
    throw pythonFailed(python, error);
  }
  const answer = answerSchema.safeParse(parseJson(stdout));
  if (!answer.success) throw new UserError(`${python} is no Python 3: name one with --python.`);
  const found = answer.data.tensorflow;
  // `tensorflow_cpu` and `tensorflow-cpu` are one name (PEP 503).
  return found
    ? { ...found, distribution: found.distribution.replaceAll('_', '-').toLowerCase() }
    : undefined;
}

function pythonFailed(python: string, error: unknown): UserError {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const detail = messageOf(error).trim().split('\n').at(-1);
  return new UserError(
    missing
      ? `Python was not found as \`${python}\`: name one with --python, install Python 3.10 to 3.13 with pip, or give a wheel or a folder with --from.`
      : `\`${python}\` cannot be run (${detail}): name another with --python.`,
    { cause: error },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Has pip download wheels, which it checks against the index's SHA-256, into an empty folder.
 * pip's own progress goes to standard error.
 *
 * @param requirements such as `tensorflow-cpu==2.21.0`; their dependencies are not fetched
 * @returns paths of the wheels
 * @throws UserError with pip's last words when it fails
 */
export async function pipDownload(
  python: string,
  requirements: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const common = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--dest', folder];
  const first = await runPip(python, [...common, ...requirements], signal);
  // Only the libraries of a wheel are used, which are the same for every Python.
  const anyPython = ['--python-version', '3.12'];
  const last =
    first.ok || !/No matching distribution|Could not find a version/.test(first.stderr)
      ? first
      : await runPip(python, [...common, ...anyPython, ...requirements], signal);
  if (!last.ok) {
    const words = (first.ok ? last : first).stderr.trim().split('\n').slice(-2).join(' ');
    throw new UserError(
      `pip could not download ${requirements.join(', ')} (${words}): check the network, name another Python with --python, or give a wheel with --from.`,
    );
  }
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.whl')).map((name) => path.join(folder, name));
}

function runPip(
  python: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<{ ok: boolean; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      // File descriptor 2: what pip prints is progress, not the result of our command.
      stdio: ['ignore', 2, 'pipe'],
      env: { ...process.env, PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      ...(signal ? { signal } : {}),
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-16_384);
    });
    child.on('error', (error) => reject(pythonFailed(python, error)));
    child.on('close', (code) => resolve({ ok: code === 0, stderr }));
  });
}
