import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withoutChromium } from '../webview/chromium';

/** What `install.mjs` left behind. */
export interface InstalledVsCode {
  /** `1.100` */
  readonly version: string;
  /** The Node that the server needs. */
  readonly node: string;
  /** Folder of the server. */
  readonly server: string;
  /** What this version's server has to be told besides. */
  readonly arguments: readonly string[];
}

const folder = process.env.SN_GAN_TEST_VSCODE ?? path.join(tmpdir(), 'sn-gan-ci-vscode');
const description = path.join(folder, 'vscode.json');

/** The VS Code for the tests; undefined where there is none. */
export const installedVsCode = existsSync(description)
  ? (JSON.parse(readFileSync(description, 'utf8')) as InstalledVsCode)
  : undefined;

/** Why the tests in VS Code are skipped, for their names; empty where they run. */
export const withoutVsCode =
  installedVsCode === undefined
    ? ' (skipped: needs VS Code; run `node test/e2e/install.mjs`)'
    : withoutChromium;
