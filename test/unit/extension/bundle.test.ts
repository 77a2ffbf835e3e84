import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const dist = path.resolve(import.meta.dirname, '../../../dist');
const bundle = readFileSync(path.join(dist, 'extension.cjs'), 'utf8');

/** What activation costs is the reading of this file; milliseconds would depend on the machine. */
describe('the bundle that an editor loads', () => {
  it('is small: decoders, runtimes and the full zod stay out of it', () => {
    // 320 kB without minification when this was written.
    expect(Buffer.byteLength(bundle)).toBeLessThan(450_000);
    for (const [, name] of bundle.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/\n]+)/gm)) {
      expect(['zod', '@vscode/l10n', 'pbf']).toContain(name);
    }
    expect(bundle).not.toContain('node_modules/zod/v4/classic');
  });

  it('reads the full zod only when code that needs it runs', () => {
    const uses = [...bundle.matchAll(/^(\s*)(?:var )?\S+ = .*require\("\.\/zod\.cjs"\)/gm)];
    expect(uses.length).toBeGreaterThan(0);
    for (const [, indent] of uses) expect(indent.length).toBeGreaterThan(0);
  });

  it("takes VS Code's API once", () => {
    expect(bundle.match(/require\("vscode"\)/g)).toHaveLength(1);
  });
});
