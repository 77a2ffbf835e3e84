import { describe, expect, it } from 'vitest';
import { runtimeOfRun } from '../../../src/trainer/runtimeOfRun';
import type { RuntimeChoice } from '../../../src/shared/config';
import { UserError } from '../../../src/shared/userError';

/** A machine whose fastest runtime is webgpu. */
const choose = (choice: RuntimeChoice) =>
  Promise.resolve({ name: choice === 'auto' ? 'webgpu' : choice, reason: '' } as const);

describe('the runtime of a run', () => {
  it('is the one that the config says, or the fastest', async () => {
    const name = async (runtime: RuntimeChoice) =>
      (await runtimeOfRun({ runtime, precision: 'f32' }, choose)).name;
    expect(await name('auto')).toBe('webgpu');
    expect(await name('wasm')).toBe('wasm');
  });

  it('is tensorflow for bf16, however fast others are', async () => {
    const chosen = await runtimeOfRun({ runtime: 'auto', precision: 'bf16' }, choose);
    expect(chosen.name).toBe('tensorflow');
  });

  it('is asked for with bf16 in vain where tensorflow does not work, and the reason says so', async () => {
    const none = () => Promise.reject(new UserError('TensorFlow is not installed.'));
    await expect(runtimeOfRun({ runtime: 'auto', precision: 'bf16' }, none)).rejects.toThrow(
      '"precision": "bf16" needs the runtime tensorflow; set it to "f32" to train with another. TensorFlow is not installed.',
    );
  });
});
