import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

export interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

export interface CommandEntry {
  readonly command: string;
  readonly title: string;
  readonly shortTitle?: string;
  readonly category?: string;
  readonly icon?: string;
}

interface SettingEntry {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
}

/** The part of package.json that makes it an extension. */
export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly main: string;
  readonly l10n: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly categories: readonly string[];
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: string; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly CommandEntry[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly customEditors: readonly {
      readonly viewType: string;
      readonly displayName: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
      readonly priority: string;
    }[];
    readonly languages: readonly {
      readonly id: string;
      readonly extensions: readonly string[];
      readonly configuration?: string;
    }[];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, SettingEntry>> };
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

export const manifest = JSON.parse(read('package.json')) as Manifest;
export const manifestText = read('package.json');
export const strings = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

/** The context keys in a `when` clause: what is left without its operators, texts and patterns. */
export function keysOfWhen(when: string): string[] {
  return when
    .replace(/=~\s*\/(\\.|[^/\\])*\/[a-z]*/g, ' ')
    .replace(/(==|!=)\s*('[^']*'|[\w.-]+)/g, ' ')
    .split(/[\s!&|()]+/)
    .filter((word) => word !== '');
}
