import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chooseNode,
  isNewEnough,
  nodeSources,
  type NodeSources,
} from '../../../../src/extension/supervisor/nodeBinary';
import { UserError } from '../../../../src/shared/userError';

const electron = { program: '/opt/editor', electron: true, version: '22.14.0' };

/** A machine on which these programs say these versions. */
function machine(
  versions: Record<string, string>,
  { setting, own = electron }: Partial<NodeSources> = {},
): NodeSources {
  return { setting, own, versionOf: (program) => Promise.resolve(versions[program]) };
}

describe('chooseNode', () => {
  it('takes the program of the setting', async () => {
    const sources = machine({ '/usr/bin/node': '20.11.0' }, { setting: ' /usr/bin/node ' });
    expect(await chooseNode(sources)).toEqual({ program: '/usr/bin/node', electron: false });
  });

  it('knows the home folder in the setting', async () => {
    const program = path.join(homedir(), 'node/bin/node');
    const sources = machine({ [program]: '24.1.0' }, { setting: '~/node/bin/node' });
    expect((await chooseNode(sources)).program).toBe(program);
  });

  it.each([
    ['/no/such/node', 'cannot be run or is no Node.js'],
    ['/usr/bin/old', 'which is Node.js 18.20.4; training needs 20.11 or newer'],
    ['node', 'which is no full path'],
  ])('refuses the setting %s: %s', async (setting, why) => {
    const choice = chooseNode(machine({ '/usr/bin/old': '18.20.4' }, { setting }));
    await expect(choice).rejects.toThrow(UserError);
    await expect(choice).rejects.toThrow(why);
  });

  it.each([undefined, '', '  '])(
    "takes the editor's own where the setting is %j",
    async (setting) => {
      const choice = await chooseNode(machine({ node: '24.1.0' }, { setting }));
      expect(choice).toEqual({ program: '/opt/editor', electron: true });
    },
  );

  it("takes the one on the PATH where the editor's own is too old", async () => {
    const own = { ...electron, version: '18.18.2' };
    expect(await chooseNode(machine({ node: '20.11.0' }, { own }))).toEqual({
      program: 'node',
      electron: false,
    });
    await expect(chooseNode(machine({ node: '20.10.9' }, { own }))).rejects.toThrow(
      'this editor has 18.18.2, and there is none on the PATH',
    );
  });

  it('finds out the version of a real program, and that another is no Node', async () => {
    const { versionOf } = nodeSources(undefined);
    expect(await versionOf(process.execPath)).toBe(process.versions.node);
    expect(await versionOf('/no/such/node')).toBeUndefined();
    // A program that takes any option and says something else.
    if (process.platform !== 'win32') expect(await versionOf('/bin/echo')).toBeUndefined();
  });
});

describe('isNewEnough', () => {
  it.each([
    ['20.11.0', true],
    ['v20.11.0', true],
    ['22.0.0', true],
    ['100.1.0', true],
    ['20.9.9', false],
    ['18.20.0', false],
    ['nonsense', false],
  ])('says of %s: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});
