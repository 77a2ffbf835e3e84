import path from 'node:path';

/** The Nodes to test under: this one, and those that SN_GAN_TEST_NODES lists like a PATH. */
export const testNodes: readonly string[] = [
  process.execPath,
  ...(process.env.SN_GAN_TEST_NODES ?? '').split(path.delimiter).filter((node) => node !== ''),
];
