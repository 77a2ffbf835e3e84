import { describe, expect, it } from 'vitest';
import { trainerEnvironment } from '../../../src/runtime/trainerEnvironment';

const ofAnExtensionHost = {
  PATH: '/usr/bin',
  HOME: '/home/me',
  CUDA_VISIBLE_DEVICES: '1',
  NODE_V8_COVERAGE: '/coverage',
  NODE_OPTIONS: '--require /debugger.js',
  ELECTRON_RUN_AS_NODE: '1',
  ELECTRON_NO_ATTACH_CONSOLE: '1',
  VSCODE_IPC_HOOK: '/socket',
  vscode_pid: '7',
};

describe('trainerEnvironment', () => {
  it('leaves out what steers the editor and what loads a debugger', () => {
    expect(trainerEnvironment(ofAnExtensionHost, false)).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/me',
      CUDA_VISIBLE_DEVICES: '1',
      NODE_V8_COVERAGE: '/coverage',
    });
  });

  it('makes Electron a Node', () => {
    const { ELECTRON_RUN_AS_NODE, ...others } = trainerEnvironment(ofAnExtensionHost, true);
    expect(ELECTRON_RUN_AS_NODE).toBe('1');
    expect(others).toEqual(trainerEnvironment(ofAnExtensionHost, false));
  });

  it('changes nothing of what it is given', () => {
    const base = { ...ofAnExtensionHost };
    trainerEnvironment(base, true);
    expect(base).toEqual(ofAnExtensionHost);
  });
});
