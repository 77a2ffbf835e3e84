import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifest, root } from './manifest';

type Strings = Readonly<Record<string, unknown>>;

describe('media/l10n', () => {
  const file = path.join(root, manifest.l10n, 'bundle.l10n.json');
  const bundle = JSON.parse(readFileSync(file, 'utf8')) as Strings;

  it('has every string of extension and pages; `npm run l10n` makes it anew', () => {
    const made = execFileSync(process.execPath, ['media/l10n/make.mjs', '--print'], { cwd: root });
    expect(bundle).toEqual(JSON.parse(made.toString()));
  });

  it('has what is said by commands, by files without VS Code and by pages', () => {
    const said = [
      'Take Control',
      'A dashboard shows at most {0} runs; the others were left out.',
      'Another window controls this run',
    ];
    expect(said.filter((words) => !(words in bundle))).toEqual([]);
  });
});
