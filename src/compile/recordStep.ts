import { isDeepStrictEqual } from 'node:util';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import {
  gradientNorms,
  lambdasOf,
  scoresOf,
  sizeOfWeights,
  weightNorms,
  type DeviceScalars,
} from '../gan/measure';
import { fusedKernels } from '../gan/ops/fusedKernel';
import { stateVariables } from '../gan/state';
import { sharesLatents } from '../gan/trainingStep';
import type { TrainConfig } from '../shared/config';
import { messageOf } from '../shared/userError';
import { CallInputs } from './callInputs';
import type { Value } from './graph';
import { typeOf } from './kernels/kernel';
import { registerKernels, unregisterKernels } from './kernels/register';
import { RecordedState } from './recordedState';
import {
  RECORDING,
  RecordingBackend,
  RecordingError,
  type RecordingTarget,
} from './recordingBackend';
import { recordSampler } from './recordSampler';
import type { SavedModel } from './savedModel';

/** The calls of a recorded step. */
export const calls = {
  /** Gives the state its values. */
  write: 'write',
  /** Gives the values of the state. */
  read: 'read',
  /** One update of D alone: the first nDis - 1 of a step. */
  discriminator: 'discriminator',
  /** The last update of D, and that of G. */
  step: 'step',
  /** The same, with everything that is logged. */
  measuredStep: 'measuredStep',
} as const;

/** Names of the inputs of a step. */
export const stepInputs = {
  real: 'real',
  latentsD: 'latentsD',
  /** Only where G does not share D's latents. */
  latentsG: 'latentsG',
  alphaD: 'alphaD',
  epsilonD: 'epsilonD',
  alphaG: 'alphaG',
  epsilonG: 'epsilonG',
  averageDecay: 'averageDecay',
} as const;

/** Name of the one output of the calls of a step: a vector of scalars. */
export const SCALARS = 'scalars';

/** A step as a graph, and what the scalars are that its calls give. */
export interface RecordedStep extends SavedModel {
  /** Tags of the scalars of each call, in their order. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

/**
 * Runs the model's code of one step on the recording backend. The players keep their values; which
 * backend is in use is the same afterwards.
 *
 * It is recorded twice, the second time as a later step. A number that is not the same in both,
 * such as one drawn at random or one that follows a schedule, would have been frozen.
 *
 * @throws RecordingError where the step does what cannot be part of a graph
 */
export async function recordStep(
  config: TrainConfig,
  gan: Gan,
  target: RecordingTarget,
): Promise<RecordedStep> {
  const recorded = await recordOnce(config, gan, target);
  const { adamD, adamG } = gan;
  const counts = [adamD.updates, adamG.updates];
  [adamD.updates, adamG.updates] = counts.map((count) => count + 1000);
  try {
    const { nodes } = await recordOnce(config, gan, target);
    const change = recorded.nodes.find((node, i) => !isDeepStrictEqual(node, nodes[i]));
    if (!change && nodes.length === recorded.nodes.length) return recorded;
    throw new RecordingError(
      `the step is not the same each time it is recorded, first at ${change?.name ?? 'its end'}; a number would be frozen that should change`,
    );
  } finally {
    [adamD.updates, adamG.updates] = counts;
  }
}

async function recordOnce(
  config: TrainConfig,
  gan: Gan,
  target: RecordingTarget,
): Promise<RecordedStep> {
  const present = tf.getBackend();
  const variables = stateVariables(gan);
  const held = variables.map((variable) => tf.clone(variable));
  const backend = new RecordingBackend(target);
  tf.registerBackend(RECORDING, () => backend);
  let state: RecordedState | undefined;
  try {
    if (!(await tf.setBackend(RECORDING))) throw new RecordingError('the recorder cannot start');
    state = new RecordedState(backend, variables, held);
    registerKernels({ [fusedKernels.adamUpdate]: state.adamUpdate });
    return recordWith(config, gan, backend, state);
  } catch (thrown) {
    if (thrown instanceof RecordingError) throw thrown;
    throw new RecordingError(messageOf(thrown), { cause: thrown });
  } finally {
    await tf.setBackend(present);
    state?.restore();
    for (const tensor of held) tensor.dispose();
    unregisterKernels();
    tf.removeBackend(RECORDING);
  }
}

/** Frees every tensor of the recording; the graph remains. */
function recordWith(...parts: Parameters<typeof record>): RecordedStep {
  const engine = tf.engine();
  engine.startScope();
  try {
    return record(...parts);
  } finally {
    engine.endScope();
  }
}

function record(
  config: TrainConfig,
  gan: Gan,
  backend: RecordingBackend,
  state: RecordedState,
): RecordedStep {
  const { generator, average } = gan;
  const signatures = average ? recordSampler(generator, average, backend, state) : {};
  const inputs = new CallInputs(backend, state);
  const rate = (name: string): Scalar => inputs.tensor(name, []) as Scalar;
  const { batch, data, network, nDis } = config;
  const { size } = data;

  const real = inputs.tensor(stepInputs.real, [batch.discriminator, size, size, 3]) as Tensor4D;
  const latentsD = inputs.tensor(stepInputs.latentsD, [
    batch.discriminator,
    network.latentDim,
  ]) as Tensor2D;
  const d = gan.discriminatorGradients(real, latentsD, { lambdas: true });
  const ratesD = { alpha: rate(stepInputs.alphaD), epsilon: rate(stepInputs.epsilonD) };
  gan.adamD.update(d.byParameter, ratesD, d.loss);
  const measuredD = { ...gradientNorms(gan.discriminator, d), ...lambdasOf(d) };

  const tags: Record<string, readonly string[]> = {};
  const offer = (call: string, scalars: DeviceScalars): void => {
    const done = state.commit();
    const values = Object.values(scalars).map((scalar) => backend.valueFor(scalar));
    signatures[call] = {
      inputs: inputs.values,
      outputs: { [SCALARS]: packed(backend, values, done) },
    };
    tags[call] = Object.keys(scalars);
  };
  if (nDis > 1) offer(calls.discriminator, scoresOf(d));

  const latentsG = sharesLatents(config)
    ? latentsD
    : (inputs.tensor(stepInputs.latentsG, [batch.generator, network.latentDim]) as Tensor2D);
  const g = gan.generatorGradients(latentsG);
  const ratesG = { alpha: rate(stepInputs.alphaG), epsilon: rate(stepInputs.epsilonG) };
  // Finite where both are: nothing of G changes after an update of D that was left out.
  gan.adamG.update(g.byParameter, ratesG, tf.add<Scalar>(d.loss, g.loss));
  average?.update(rate(stepInputs.averageDecay));

  const known = { ...scoresOf(d), 'loss/g': g.loss };
  const weights = { ...weightNorms(gan.discriminator), ...sizeOfWeights(gan) };
  const measuredG = gradientNorms(gan.generator, g);
  offer(calls.step, known);
  offer(calls.measuredStep, { ...known, ...measuredD, ...measuredG, ...weights });
  signatures[calls.write] = state.writeSignature();
  signatures[calls.read] = state.readSignature();
  return { nodes: backend.graph.nodes, signatures, tags };
}

/** Scalars as one vector, which is there when the state is up to date. */
function packed(
  { graph }: RecordingBackend,
  scalars: readonly Value[],
  done: readonly string[],
): Value {
  const shape = [scalars.length];
  const attributes = { ...typeOf(scalars[0]), N: { int: scalars.length }, axis: { int: 0 } };
  const vector = graph.value('Pack', scalars, attributes, { shape, type: 'float32' });
  const node = graph.effect('Identity', [vector], typeOf(vector), done);
  return { node, index: 0, shape, type: 'float32' };
}
