import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/userError';

/** What the addon is compiled and linked against. */
export interface TensorflowFiles {
  readonly libraryFolder: string;
  /** File names of the libraries in that folder. */
  readonly libraries: readonly string[];
  /** Folder in which `tensorflow/c/c_api.h` lies. */
  readonly includeFolder: string;
}

/** The libraries of pip's wheels and of the C distribution, by platform. */
const libraryNames: Partial<Record<NodeJS.Platform, readonly (readonly string[])[]>> = {
  linux: [
    ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  ],
  darwin: [
    ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  ],
};

/** The files of a wheel from which an addon can be built and run. */
export function isNeededFromTensorflowWheel(name: string): boolean {
  return (
    /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(name) ||
    /^tensorflow\/include\/(tensorflow\/c|tsl|xla\/tsl)\/.*\.h$/.test(name) ||
    /^tensorflow\/include\/tensorflow\/core\/platform\/ctstring[^/]*\.h$/.test(name)
  );
}

/** NVIDIA's wheels hold their libraries where TensorFlow's run path looks for them. */
export function isNeededFromCudaWheel(name: string): boolean {
  return /^nvidia\/[^/]+\/lib\/[^/]+\.so[.\d]*$/.test(name);
}

/**
 * Finds libraries and headers in a folder: a `site-packages`, the package folder `tensorflow` in
 * it, or the unpacked C distribution.
 *
 * @throws UserError that names what is missing
 */
export function locateTensorflow(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): TensorflowFiles {
  const below = (...parts: string[]): string => path.join(folder, ...parts);
  const found = [folder, below('tensorflow'), below('lib')].flatMap((libraryFolder) =>
    (libraryNames[platform] ?? [])
      .filter((names) => names.every((name) => existsSync(path.join(libraryFolder, name))))
      .map((libraries) => ({ libraryFolder, libraries })),
  )[0];
  if (!found)
    throw new UserError(
      `${folder} has no TensorFlow libraries (${libraryNames[platform]?.[0].join(' and ') ?? 'none exist for this platform'}): name the folder of pip's \`tensorflow\` package or of libtensorflow.`,
    );
  const includeFolder = [below('include'), below('tensorflow', 'include')].find((include) =>
    existsSync(path.join(include, 'tensorflow/c/eager/c_api.h')),
  );
  if (!includeFolder)
    throw new UserError(
      `${folder} has TensorFlow's libraries but not its headers (include/tensorflow/c/eager/c_api.h): give a wheel with --from, or leave --from out to download one.`,
    );
  return { ...found, includeFolder };
}
