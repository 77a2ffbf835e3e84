import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import { UserError } from '../../shared/userError';

/** A program that can run the trainer. */
export interface NodeBinary {
  readonly program: string;
  /** Whether it is Electron, which is a Node only when its environment says so. */
  readonly electron: boolean;
}

/** What there is to choose from. */
export interface NodeSources {
  /** The setting; undefined: choose. */
  readonly setting: string | undefined;
  /** The program that runs the extension host, and the version of the Node in it. */
  readonly own: NodeBinary & { readonly version: string };
  /** What a program says its Node version is; undefined where it cannot be run or is no Node. */
  readonly versionOf: (program: string) => Promise<string | undefined>;
}

/** The oldest Node that runs what we ship. */
const OLDEST = [20, 11] as const;
const VERSION_TIMEOUT_MS = 20_000;

/**
 * Which Node trains: the one that is set, else the editor's own, else the one on the PATH.
 *
 * @throws UserError where the one that is set cannot train, or there is none
 */
export async function chooseNode({ setting, own, versionOf }: NodeSources): Promise<NodeBinary> {
  if (setting !== undefined && setting.trim() !== '') {
    const program = withHome(setting.trim());
    await refuseUnfit(program, versionOf);
    return { program, electron: false };
  }
  if (isNewEnough(own.version)) return { program: own.program, electron: own.electron };
  const onPath = await versionOf('node');
  if (onPath !== undefined && isNewEnough(onPath)) return { program: 'node', electron: false };
  throw new UserError(
    t(
      'Training needs Node.js {0} or newer: this editor has {1}, and there is none on the PATH. Install one and name it in the setting snGan.nodePath.',
      OLDEST.join('.'),
      own.version,
    ),
  );
}

/** The sources of this process. */
export function nodeSources(setting: string | undefined): NodeSources {
  return {
    setting,
    own: {
      program: process.execPath,
      electron: 'electron' in process.versions,
      version: process.versions.node,
    },
    versionOf: askVersion,
  };
}

async function refuseUnfit(program: string, versionOf: NodeSources['versionOf']): Promise<void> {
  if (!path.isAbsolute(program)) {
    throw new UserError(
      t(
        'The setting snGan.nodePath is {0}, which is no full path; give the full path of a Node.js program, or leave it empty.',
        program,
      ),
    );
  }
  const version = await versionOf(program);
  if (version === undefined) {
    throw new UserError(
      t(
        'The setting snGan.nodePath names {0}, which cannot be run or is no Node.js; correct the path, or leave it empty.',
        program,
      ),
    );
  }
  if (isNewEnough(version)) return;
  throw new UserError(
    t(
      'The setting snGan.nodePath names {0}, which is Node.js {1}; training needs {2} or newer.',
      program,
      version,
      OLDEST.join('.'),
    ),
  );
}

function withHome(setting: string): string {
  return /^~(?=[\\/])/.test(setting) ? path.join(homedir(), setting.slice(2)) : setting;
}

/** @param version `20.11.1`, with or without a `v` */
export function isNewEnough(version: string): boolean {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

async function askVersion(program: string): Promise<string | undefined> {
  try {
    const options = { timeout: VERSION_TIMEOUT_MS, windowsHide: true };
    const { stdout } = await promisify(execFile)(program, ['--version'], options);
    return /^v(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1];
  } catch {
    return undefined;
  }
}
