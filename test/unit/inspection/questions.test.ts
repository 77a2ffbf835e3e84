import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectInThread } from '../../../src/inspection/inspectInThread';
import type { FromInspector } from '../../../src/inspection/protocol';
import { bisectingOrder } from '../../../src/inspection/questions/answerDrift';
import { answerQuestion } from '../../../src/inspection/questions/answerQuestion';
import { defaults } from '../../../src/gan/presets';
import { writeSafetensors } from '../../../src/runs/safetensors';
import type {
  CircularAnswer,
  DriftAnswer,
  HistoryAnswer,
  IterationAnswer,
  KernelsAnswer,
  WeightAnswer,
  WeightQuestion,
} from '../../../src/shared/inspectionQuestions';
import { boxes, stubFile } from './stubFile';

async function answered<T extends WeightAnswer>(
  weights: Parameters<typeof answerQuestion>[0],
  question: WeightQuestion,
): Promise<T> {
  const answers: WeightAnswer[] = [];
  await answerQuestion(weights, question, {}, (answer) => answers.push(answer));
  return answers[0] as T;
}

describe('the power iteration of a layer', () => {
  const ask = { kind: 'powerIteration', layer: 'l', seed: 1, iterations: 3 } as const;
  /** Singular values 4 and 3 along the axes. */
  const diagonal = stubFile({
    'l.weight_orig': { shape: [2, 2], data: [3, 0, 0, 4] },
    'l.weight_u': { shape: [2], data: [1, 0] },
  });

  it('is told with the exact norm, the rate and the angle of the start', async () => {
    const answer = await answered<IterationAnswer>(diagonal, {
      ...ask,
      form: 'gram',
      start: 'ones',
    });
    expect(answer.exact).toBeCloseTo(4, 12);
    expect(answer.ratio).toBeCloseTo(9 / 16, 12);
    // (1, 1) is at 45 degrees to the second axis.
    expect(answer.startTangent).toBeCloseTo(1, 12);
    // v_1 = (9, 16), W v_1 = (27, 64).
    expect(answer.estimates[0]).toBeCloseTo(Math.hypot(27, 64) / Math.hypot(9, 16), 12);
    expect(answer.failure).toBeUndefined();
  });

  it('says that ones can lie in the null space, and that a start can be orthogonal', async () => {
    const blind = stubFile({ 'l.weight': { shape: [2, 2], data: [1, -1, -1, 1] } });
    for (const form of ['gram', 'alternating'] as const) {
      const answer = await answered<IterationAnswer>(blind, { ...ask, form, start: 'ones' });
      expect(answer).toMatchObject({ failure: 'nullSpace', startTangent: Infinity });
      expect(answer.estimates).toHaveLength(0);
      expect(answer.exact).toBeCloseTo(2, 12);
    }
    const stored = await answered<IterationAnswer>(diagonal, {
      ...ask,
      form: 'alternating',
      start: 'stored',
    });
    expect(stored.failure).toBe('orthogonal');
    expect(Array.from(stored.estimates)).toEqual([3, 3, 3]);
  });

  it('has no stored start where the file has none, and no angle where sigma is repeated', async () => {
    const equal = stubFile({ 'l.weight': { shape: [2, 2], data: [2, 0, 0, 2] } });
    const stored = { ...ask, form: 'gram', start: 'stored' } as const;
    expect(await answered(equal, stored)).toMatchObject({ failure: 'noStoredVector' });
    const random = await answered<IterationAnswer>(equal, { ...stored, start: 'random' });
    expect(random.startTangent).toBeNaN();
    expect(random.estimates[0]).toBeCloseTo(2, 12);
  });

  it('refuses a thousand and one iterations', async () => {
    const question = { ...ask, form: 'gram', start: 'ones', iterations: 1001 } as const;
    await expect(answered(diagonal, question)).rejects.toThrow('from 1 to 1000');
  });
});

describe('other questions about a layer', () => {
  it('gives the circular spectrum on the grid of the input', async () => {
    const { values, gridSize } = await answered<CircularAnswer>(boxes(), {
      kind: 'circularSpectrum',
      layer: 'd.box',
    });
    expect(gridSize).toEqual([32, 32]);
    expect(values).toHaveLength(1024);
    // A mean of nine ninths times three; the constant image is its own.
    expect(values[0]).toBeCloseTo(3, 6);
    const dense = stubFile({ 'fc.weight': { shape: [1, 2], data: [1, 2] } });
    await expect(answered(dense, { kind: 'circularSpectrum', layer: 'fc' })).rejects.toThrow(
      'fc is no convolution',
    );
  });

  it('gives the weight in PyTorch’s layout, and refuses layers that are not there', async () => {
    const weights = stubFile(
      { 'conv/kernel': { shape: [1, 2, 1, 3], data: [1, 2, 3, 4, 5, 6] } },
      'tfjs',
    );
    const { shape, values } = await answered<KernelsAnswer>(weights, {
      kind: 'kernels',
      layer: 'conv',
    });
    expect(shape).toEqual([3, 1, 1, 2]);
    expect(Array.from(values)).toEqual([1, 4, 2, 5, 3, 6]);
    await expect(answered(weights, { kind: 'kernels', layer: 'gone' })).rejects.toThrow(
      'has no layer "gone"',
    );
  });
});

describe('questions about a run', () => {
  let run: string;
  const fileOf = (step: number): string =>
    path.join(run, 'checkpoints', `step-${String(step).padStart(6, '0')}.safetensors`);
  beforeAll(async () => {
    run = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-questions-'));
    mkdirSync(path.join(run, 'checkpoints'));
    writeFileSync(path.join(run, 'run.json'), '{}');
    const layer = 'd.fc.parametrizations.weight';
    for (const step of [1, 2, 3, 4]) {
      const array = (name: string, shape: number[], values: number[]) => ({
        name,
        shape,
        data: Float32Array.from(values),
      });
      await writeSafetensors(
        fileOf(step),
        [
          array(`${layer}.original`, [2, 2], [step, 0, 0, 0.5]),
          array(`${layer}.0._u`, [2], [1, 0]),
          array(`${layer}.0._v`, [2], [1, 0]),
        ],
        {
          format: 'sn-gan-1',
          step: String(step),
          config: JSON.stringify({ ...defaults, preset: 'C' }),
          layers: JSON.stringify([{ name: 'd.fc', kind: 'dense', normalized: true }]),
        },
      );
    }
    writeFileSync(fileOf(3), 'damaged');
    const lines = [
      { step: 1, time: 1, 'loss/d': 2 },
      { step: 2, time: 2, 'sigmaBar/fc': 1.25, 'lambda/fc': 0.5 },
      { step: 3, time: 3, 'lambda/fc': -0.5, 'stableRank/fc': 3 },
    ];
    writeFileSync(
      path.join(run, 'scalars.jsonl'),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  });
  afterAll(() => rmSync(run, { recursive: true }));

  /** What the thread says; a message that cannot be sent to another thread fails here. */
  const thread = async (file: string, question: WeightQuestion): Promise<FromInspector[]> => {
    const said: FromInspector[] = [];
    const port = { postMessage: (message: FromInspector) => said.push(structuredClone(message)) };
    await inspectInThread(port, { type: 'answer', file, corrections: {}, question });
    return said;
  };

  it('answers with every checkpoint, the ends first, and a sentence for a damaged one', async () => {
    const said = await thread(fileOf(4), { kind: 'drift', layer: 'd.fc' });
    const answers = said.map((message) => message as Extract<FromInspector, { type: 'answer' }>);
    const drifts = answers.map(({ answer }) => answer as DriftAnswer);
    expect(drifts.map(({ step }) => step)).toEqual([1, 4, 2, 3]);
    expect(drifts.map(({ estimate }) => estimate)).toEqual([1, 4, 2, null]);
    expect(drifts[1].values[0]).toBeCloseTo(4, 12);
    expect(drifts[3].flaw).toMatch(/step-000003/);
    expect(drifts.map(({ done, total }) => `${done}/${total}`)).toEqual([
      '1/4',
      '2/4',
      '3/4',
      '4/4',
    ]);
    expect(answers.map(({ last }) => last)).toEqual([false, false, false, true]);
  });

  it('reads what the trainer logged of every layer, at the steps that have any of it', async () => {
    const [message] = await thread(fileOf(4), { kind: 'history' });
    const history = (message as { answer: HistoryAnswer }).answer;
    expect(Array.from(history.steps)).toEqual([2, 3]);
    expect(Array.from(history.layers['fc'])).toEqual([1.25, NaN]);
    expect(Array.from(history.lambdas['fc'])).toEqual([0.5, -0.5]);
    expect(Array.from(history.stableRanks['fc'])).toEqual([NaN, 3]);
  });

  it('refuses with a sentence, whatever is wrong', async () => {
    const [lonely] = await thread(
      path.resolve(import.meta.dirname, '../../fixtures/weights/chainer.npz'),
      { kind: 'history' },
    );
    expect(lonely).toMatchObject({
      type: 'refused',
      why: expect.stringContaining('lies in no run') as string,
    });
    const [gone] = await thread(path.join(run, 'gone.pt'), { kind: 'history' });
    expect(gone).toMatchObject({
      type: 'refused',
      why: expect.stringContaining('gone.pt') as string,
    });
  });

  it('covers a run evenly from the start', () => {
    expect(bisectingOrder(1)).toEqual([0]);
    expect(bisectingOrder(2)).toEqual([0, 1]);
    expect(bisectingOrder(9)).toEqual([0, 8, 4, 2, 6, 1, 3, 5, 7]);
    expect(bisectingOrder(100).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
  });
});
