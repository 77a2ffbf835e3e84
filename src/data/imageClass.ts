import type { Split } from './imageSource';

const trainNames = /^(train|training)$/i;
const testNames = /^(test|testing|t10k|val|valid|validation|dev|eval)$/i;

/** The split that a folder of this name holds. */
export function splitOfName(name: string): Split | undefined {
  if (trainNames.test(name)) return 'train';
  return testNames.test(name) ? 'test' : undefined;
}

/**
 * Splits the folders around an image into its split and what can name its class. A split is looked
 * for in the two outermost folders: `train/cat/x.jpg` as well as `cifar/train/cat/x.jpg`.
 */
export function splitFolders(folders: readonly string[]): {
  split: Split | undefined;
  folders: readonly string[];
} {
  for (const [depth, folder] of folders.slice(0, 2).entries()) {
    const split = splitOfName(folder);
    if (split !== undefined) return { split, folders: folders.slice(depth + 1) };
  }
  return { split: undefined, folders };
}

/** The class of images that lie beside class folders. */
export const noClass = '(none)';

/**
 * The class of each distinct folder path: its outermost folder. An outer folder that every path
 * shares and that has folders in it (as archives have) is passed over. No classes (undefined) when
 * every image lies in the root.
 */
export function classesOfFolders(paths: readonly (readonly string[])[]): string[] | undefined {
  if (paths.every((path) => path.length === 0)) return undefined;
  let depth = 0;
  while (paths.every((path) => path.length > depth + 1 && path[depth] === paths[0][depth])) depth++;
  return paths.map((path) => path[depth] ?? noClass);
}

/** Sorts class names: by number where all are numbers, else bytewise, the same on every machine. */
export function sortedClasses(names: Iterable<string>): string[] {
  const unique = [...new Set(names)];
  if (unique.every((name) => /^\d+$/.test(name))) {
    return unique.sort((a, b) => Number(a) - Number(b));
  }
  return sortedBytewise(unique, (name) => name);
}

/** Sorts by the UTF-8 bytes of each name, so that the order is the same in every locale. */
export function sortedBytewise<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: Buffer.from(nameOf(item)) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ item }) => item);
}
