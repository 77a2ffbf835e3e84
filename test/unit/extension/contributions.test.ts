import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commandId,
  contextKey,
  editorId,
  needsTrust,
  settingKey,
  viewId,
} from '../../../src/extension/contributions';
import { runtimeNames } from '../../../src/shared/config';
import { whenGoneChoices } from '../../../src/shared/control';
import { keysOfWhen, manifest, manifestText, root, strings } from './manifest';

const { contributes, activationEvents, capabilities } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const palette = contributes.menus.commandPalette;
const menus = Object.entries(contributes.menus).filter(([place]) => place !== 'commandPalette');

/** Commands that can act at any time, also in an untrusted window without a run. */
const alwaysInPalette = [
  commandId.newConfig,
  commandId.inspectCheckpoint,
  commandId.compareSpectra,
  commandId.showRuntime,
  commandId.showLog,
];

const ours = new Set<string>(Object.values(contextKey));
const ofVSCode = new Set([
  'isWorkspaceTrusted',
  'view',
  'viewItem',
  'resourceExtname',
  'resourceFilename',
  'resourceScheme',
  'activeCustomEditorId',
  'listMultiSelection',
  'explorerResourceIsFolder',
  'false',
]);

describe('commands', () => {
  it('are those of the code, each once', () => {
    expect([...commands].sort()).toEqual(Object.values(commandId).sort());
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('have a translated title, our category and an icon of the editor', () => {
    const icons = readFileSync(
      path.join(root, 'node_modules/@vscode/codicons/dist/codicon.css'),
      'utf8',
    );
    for (const { command, title, category, icon } of contributes.commands) {
      expect(title, command).toBe(`%${command.replace('snGan.', 'command.')}%`);
      expect(category, command).toBe('SN-GAN');
      const name = /^\$\(([a-z-]+)\)$/.exec(icon ?? '')?.[1];
      expect(icons, command).toContain(`.codicon-${name}:before`);
    }
  });

  it('end in an ellipsis exactly where they ask something before they act', () => {
    const asking = contributes.commands.filter(({ title }) =>
      strings[title.slice(1, -1)].endsWith('…'),
    );
    expect(asking.map(({ command }) => command).sort()).toEqual(
      [
        commandId.train,
        commandId.compareRuns,
        commandId.compareSpectra,
        commandId.inspectCheckpoint,
        commandId.installRuntime,
        commandId.exportRun,
        commandId.renameRun,
        commandId.noteRun,
        commandId.resumeFromCheckpoint,
        commandId.deleteRuns,
      ].sort(),
    );
  });

  it('are in the palette by a rule, or always on purpose', () => {
    const ruled = palette.map(({ command }) => command);
    expect([...ruled, ...alwaysInPalette].sort()).toEqual([...commands].sort());
    for (const { command, when } of palette) expect(when, command).toBeTruthy();
  });

  it('are in a menu of the view or the editor when the palette never shows them', () => {
    const inMenus = new Set(menus.flatMap(([, items]) => items.map(({ command }) => command)));
    for (const { command, when } of palette) {
      if (when === 'false') expect(inMenus, command).toContain(command);
    }
  });

  it('ask for a trusted workspace wherever they are shown, if they start programs', () => {
    const shown = Object.values(contributes.menus).flat();
    for (const command of needsTrust) {
      const rules = shown.filter((item) => item.command === command);
      expect(rules.length, command).toBeGreaterThan(0);
      for (const { when } of rules) {
        if (when !== 'false')
          expect(keysOfWhen(when ?? ''), command).toContain('isWorkspaceTrusted');
      }
    }
    for (const { command, when } of shown) {
      if (keysOfWhen(when ?? '').includes('isWorkspaceTrusted')) {
        expect(needsTrust).toContain(command);
      }
    }
  });
});

describe('menus', () => {
  it('name commands that are there, and have a group', () => {
    for (const [place, items] of menus) {
      for (const { command, group } of items) {
        expect(commands, place).toContain(command);
        expect(group, `${place}: ${command}`).toMatch(/^(inline|navigation|\d_[a-z]+)@\d$/);
      }
    }
  });

  it('depend on context keys that somebody sets', () => {
    const clauses = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.viewsWelcome,
      ...(contributes.keybindings ?? []),
    ].flatMap(({ when }) => (when === undefined ? [] : keysOfWhen(when)));
    for (const key of clauses) expect(ours.has(key) || ofVSCode.has(key), key).toBe(true);
    for (const key of ours) expect(clauses, 'a key that nothing uses').toContain(key);
  });

  it('tell runs by the words of their items', () => {
    const item = (when: string): RegExp =>
      new RegExp(/viewItem =~ \/((?:\\.|[^/\\])*)\//.exec(when)?.[1] ?? 'none');
    const rule = (command: string): RegExp =>
      item(
        contributes.menus['view/item/context'].find((entry) => entry.command === command)?.when ??
          '',
      );
    const running = 'run running pause stop checkpoint sample unstarred';
    const paused = 'run paused resume stop checkpoint sample weights starred';
    const stopped = 'run stopped resume weights unstarred';
    const elsewhere = 'run running takeControl unstarred';
    const showing = (command: string): string[] =>
      [running, paused, stopped, elsewhere, 'file.checkpoint'].filter((value) =>
        rule(command).test(value),
      );
    expect(showing(commandId.pause)).toEqual([running]);
    expect(showing(commandId.resume)).toEqual([paused, stopped]);
    expect(showing(commandId.stop)).toEqual([running, paused]);
    expect(showing(commandId.takeControl)).toEqual([elsewhere]);
    expect(showing(commandId.starRun)).toEqual([running, stopped, elsewhere]);
    expect(showing(commandId.unstarRun)).toEqual([paused]);
    expect(showing(commandId.deleteRuns)).toEqual([running, paused, stopped, elsewhere]);
    expect(showing(commandId.compareSpectra)).toEqual([paused, stopped]);
  });

  it('offer weight files in the explorer exactly where an editor of ours opens them', () => {
    const patterns = contributes.customEditors.flatMap(({ selector }) =>
      selector.map(({ filenamePattern }) => filenamePattern),
    );
    const inExplorer = contributes.menus['explorer/context'];
    expect(inExplorer.map(({ command }) => command)).toEqual([
      commandId.inspectCheckpoint,
      commandId.compareSpectra,
    ]);
    for (const { when = '' } of inExplorer) {
      const endings =
        /resourceExtname =~ \/\^\\\.\(([\w|]+)\)\$\//.exec(when)?.[1].split('|') ?? [];
      const names = [...when.matchAll(/resourceFilename == (\S+?)\)/g)].map(([, name]) => name);
      expect([...endings.map((ending) => `*.${ending}`), ...names]).toEqual(patterns);
    }
  });
});

describe('strings', () => {
  const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));

  it('are all there, and none is left over', () => {
    expect([...used].sort()).toEqual(Object.keys(strings).sort());
    for (const [key, text] of Object.entries(strings)) expect(text, key).not.toBe('');
  });

  it('lead to commands and a walkthrough that are there', () => {
    const links = Object.values(strings).flatMap((text) =>
      [...text.matchAll(/\(command:([^)?]+)(\?[^)]*)?\)/g)].map(([, command, argument]) => ({
        command,
        argument,
      })),
    );
    expect(links.length).toBeGreaterThan(5);
    const { id } = contributes.walkthroughs[0];
    for (const { command, argument } of links) {
      if (command.startsWith('snGan.')) expect(commands).toContain(command);
      else if (command === 'workbench.action.openWalkthrough') {
        const walkthrough: unknown = JSON.parse(decodeURIComponent(argument.slice(1)));
        expect(walkthrough).toBe(`${manifest.publisher}.${manifest.name}#${id}`);
      } else expect(command).toBe('workbench.trust.manage');
    }
  });

  it('of settings are short and end with a full stop', () => {
    const texts = Object.entries(strings).filter(([key]) => /^settings\.\w+$/.test(key));
    for (const [key, text] of texts) {
      if (key === 'settings.title') continue;
      expect(text.length, key).toBeLessThan(180);
      expect(text, key).toMatch(/\.$/);
    }
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  it('are those of the code', () => {
    expect(Object.keys(properties)).toEqual(Object.values(settingKey).map((key) => `snGan.${key}`));
  });

  it('offer the choices of the code, each described', () => {
    const choices = {
      [settingKey.runtime]: runtimeNames,
      [settingKey.whenWindowCloses]: whenGoneChoices,
    };
    for (const [key, names] of Object.entries(choices)) {
      const setting = properties[`snGan.${key}`];
      expect(setting.enum, key).toEqual(names);
      expect(setting.enumDescriptions, key).toHaveLength(names.length);
      expect(names, key).toContain(setting.default);
    }
  });

  it('that choose what runs are not taken from an untrusted workspace', () => {
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations).toContain('snGan.nodePath');
    for (const key of restrictedConfigurations) {
      expect(properties[key].scope, key).toBe('machine-overridable');
    }
  });
});

describe('editors', () => {
  it('are those of the code, and open by themselves only what is certainly weights', () => {
    expect(contributes.customEditors.map(({ viewType, priority }) => [viewType, priority])).toEqual(
      [
        [editorId.checkpoint, 'default'],
        [editorId.weights, 'option'],
      ],
    );
    const [own] = contributes.customEditors;
    expect(own.selector).toEqual([{ filenamePattern: '*.safetensors' }]);
    for (const { displayName } of contributes.customEditors) {
      expect(strings).toHaveProperty([displayName.slice(1, -1)]);
    }
  });

  it('have the button of their title under both ids', () => {
    const { when = '' } = contributes.menus['editor/title'].find(
      ({ command }) => command === commandId.compareSpectra,
    ) ?? { when: '' };
    const rule = new RegExp(/activeCustomEditorId =~ \/(.*)\/$/.exec(when)?.[1] ?? 'none');
    for (const id of Object.values(editorId)) expect(id).toMatch(rule);
  });
});

describe('views', () => {
  it('have the ids of the code', () => {
    const [container] = contributes.viewsContainers.activitybar;
    expect(container.id).toBe(viewId.container);
    expect(contributes.views[container.id].map(({ id }) => id)).toEqual([viewId.runs]);
    for (const { view } of contributes.viewsWelcome) expect(view).toBe(viewId.runs);
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual([viewId.walkthrough]);
  });

  it('welcome trusted and untrusted workspaces with one button each', () => {
    expect(contributes.viewsWelcome.map(({ when }) => when)).toEqual([
      'isWorkspaceTrusted',
      '!isWorkspaceTrusted',
    ]);
    for (const { contents } of contributes.viewsWelcome) {
      const lines = strings[contents.slice(1, -1)].split('\n');
      expect(lines.filter((line) => /^\[[^\]]+\]\([^)]+\)$/.test(line))).toHaveLength(1);
    }
  });

  it('walk through four steps that complete when their command runs', () => {
    const [{ steps }] = contributes.walkthroughs;
    expect(steps).toHaveLength(4);
    for (const { completionEvents, description } of steps) {
      for (const event of completionEvents) {
        expect(commands).toContain(event.replace('onCommand:', ''));
      }
      expect(strings[description.slice(1, -1)]).toContain('(command:snGan.');
    }
  });
});

describe('files', () => {
  it('that the manifest names are there', () => {
    const named = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
      ...contributes.jsonValidation.map(({ url }) => url),
      manifest.l10n,
    ];
    for (const file of named) expect(existsSync(path.join(root, file)), file).toBe(true);
  });

  it('have an icon that the marketplace takes: a PNG of 128 pixels or more', () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBeGreaterThanOrEqual(128);
    expect(height).toBe(width);
  });

  it('draw pictures of the walkthrough in colours of the theme only', () => {
    for (const { media } of contributes.walkthroughs[0].steps) {
      const svg = readFileSync(path.join(root, media.svg), 'utf8');
      expect(svg, media.svg).toContain('var(--vscode-');
      expect(svg, media.svg).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i);
    }
  });
});

describe('activation', () => {
  it('happens on use only', () => {
    expect(activationEvents).toEqual([
      `onWebviewPanel:${viewId.dashboard}`,
      'workspaceContains:*.sngan.json',
      'workspaceContains:runs/*/run.json',
    ]);
    // A language with a configuration would activate at every file of that language.
    for (const language of contributes.languages) {
      expect(language).toEqual({ id: 'jsonc', extensions: ['.sngan.json'] });
    }
  });

  it('happens where the files are, also untrusted, and says what is left out there', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
    expect(capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(capabilities.virtualWorkspaces.supported).toBe('limited');
  });

  it('is for the version of VS Code whose types are compiled against', () => {
    const minor = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode)?.[1];
    expect(manifest.devDependencies['@types/vscode']).toMatch(new RegExp(`^${minor}\\.\\d+$`));
  });
});

describe('when clauses', () => {
  it.each([
    ['a && !b.c', ['a', 'b.c']],
    [
      "view == snGan.runs && viewItem =~ /^run .*\\bx\\/y\\b/ && (c != d || e == 'f g')",
      ['view', 'viewItem', 'c', 'e'],
    ],
    ['false', ['false']],
  ])('%s has the keys %j', (when, keys) => {
    expect(keysOfWhen(when)).toEqual(keys);
  });
});
