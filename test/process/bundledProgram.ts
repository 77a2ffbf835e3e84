import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { bundleFolder } from '../../src/runtime/bundleFolder';

/**
 * Bundles a program for the tests of a file: beside the other bundles, where it finds what they
 * find. It is gone after them.
 *
 * @returns its path, for when the tests run
 */
export function bundledProgram(source: string): string {
  const program = path.join(bundleFolder, `${path.parse(source).name}-${process.pid}.cjs`);
  beforeAll(async () => {
    await build({
      entryPoints: [source],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      external: ['webgpu'],
      logLevel: 'warning',
    });
  });
  afterAll(() => rm(program, { force: true }));
  return program;
}
