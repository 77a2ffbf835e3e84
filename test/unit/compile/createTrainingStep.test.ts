import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CompiledStep } from '../../../src/compile/compiledStep';
import { createTrainingStep } from '../../../src/compile/createTrainingStep';
import { EagerStep } from '../../../src/gan/eagerStep';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { loadWasm } from '../../../src/runtime/wasm/load';
import type { ConfigFile } from '../../../src/shared/config';

beforeAll(loadWasm);
afterEach(() => vi.restoreAllMocks());

const small: ConfigFile = { network: { architecture: 'quick', width: 0.1, latentDim: 4 } };

async function choose(
  file: ConfigFile,
  runtime: 'tensorflow' | 'wasm',
): ReturnType<typeof createTrainingStep> {
  const config = resolveConfig({ ...small, ...file });
  const gan = new Gan(config);
  try {
    return await createTrainingStep(config, gan, runtime);
  } finally {
    gan.dispose();
  }
}

function failToCompile(message: string): void {
  vi.spyOn(CompiledStep, 'compile').mockRejectedValue(new Error(message));
}

describe('the choice of how to make steps', () => {
  it('is operation by operation where nothing else is known', async () => {
    const { step, explanation } = await choose({}, 'wasm');
    expect(step).toBeInstanceOf(EagerStep);
    expect(explanation).toBe('Steps are made operation by operation.');
  });

  it('says why a step could not be compiled, in one line', async () => {
    failToCompile('No kernel for Conv2D.\n  at somewhere');
    const { step, explanation } = await choose({}, 'tensorflow');
    expect(step).toBeInstanceOf(EagerStep);
    expect(explanation).toBe(
      'Steps are made operation by operation, which is slower, because the step cannot be compiled: No kernel for Conv2D.',
    );
  });

  it('is refused where bfloat16 was asked for and nothing can compute with it', async () => {
    await expect(choose({ precision: 'bf16' }, 'wasm')).rejects.toThrow(
      '"precision": "bf16" needs a compiled step on the runtime tensorflow, but the runtime is wasm; set "precision" to "f32"',
    );
    failToCompile('No kernel');
    await expect(choose({ precision: 'bf16' }, 'tensorflow')).rejects.toThrow(
      'but the step cannot be compiled (No kernel); set',
    );
  });
});
