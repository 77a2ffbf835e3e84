import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { probeRuntime } from '../../../src/runtime/probe/probe';
import { architectures, type RuntimeName } from '../../../src/shared/config';
import { bundledProgram } from '../bundledProgram';
import { testNodes } from './nodes';
import type { TrainedSteps } from './trainOnRuntime';

const program = bundledProgram(path.join(import.meta.dirname, 'trainOnRuntime.ts'));

async function train(
  runtime: RuntimeName,
  chosen: readonly string[],
  node: string = process.execPath,
): Promise<TrainedSteps> {
  const { stdout } = await promisify(execFile)(node, [program, runtime, ...chosen]);
  return JSON.parse(stdout) as TrainedSteps;
}

/**
 * Losses are means of order 1 of float32 sums over at most 10^4 products, so they agree to about
 * 1e-5; the norm of the gradients is compared relative to its size. The second step's numbers
 * carry Adam's division by small roots, which amplifies what differs in the first.
 */
function expectSame(actual: TrainedSteps, expected: TrainedSteps): void {
  for (const [architecture, curve] of Object.entries(actual.curves))
    for (const [i, value] of expected.curves[architecture].entries()) {
      const difference = Math.abs(curve[i] - value);
      expect(difference, `${architecture}, number ${i}`).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(value)),
      );
    }
}

describe('the same training steps', () => {
  let onWasm: TrainedSteps;
  beforeAll(async () => {
    onWasm = await train('wasm', architectures);
  });

  test('are finite and move on wasm', () => {
    for (const architecture of architectures) {
      const [lossD, lossG, norm, nextD, nextG] = onWasm.curves[architecture];
      expect([lossD, lossG, norm, nextD, nextG].every(Number.isFinite)).toBe(true);
      expect(norm).toBeGreaterThan(0);
      expect([nextD, nextG]).not.toEqual([lossD, lossG]);
    }
  });

  test.for(testNodes)('give the same numbers on tensorflow under %s', async (node, { skip }) => {
    const result = await probeRuntime('tensorflow', { seconds: 0, node });
    if (!result.usable) return skip(result.reason);
    const onTensorflow = await train('tensorflow', architectures, node);
    expect(Object.keys(onTensorflow.curves)).toHaveLength(architectures.length);
    expectSame(onTensorflow, onWasm);
  });

  test('give the same numbers on webgpu', { timeout: 300_000 }, async ({ skip }) => {
    const result = await probeRuntime('webgpu', { seconds: 0 });
    if (!result.usable) return skip(result.reason);
    // A software adapter takes minutes for the large networks.
    const chosen = result.deviceKind === 'gpu' ? architectures : (['cnn'] as const);
    const onWebgpu = await train('webgpu', chosen);
    expect(Object.keys(onWebgpu.curves)).toHaveLength(chosen.length);
    expectSame(onWebgpu, onWasm);
  });
});
