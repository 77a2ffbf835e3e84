import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { inputName, type Graph, type Value } from './graph';
import { typeOf, type KernelCall } from './kernels/kernel';
import type { RecordingBackend } from './recordingBackend';
import type { Signature } from './savedModel';

/** One array of the training's state in the graph. */
interface StateVariable {
  readonly variable: Variable;
  /** The native variable itself. */
  readonly handle: Value;
  /** Its value when a step begins. */
  readonly before: Value;
  /** What the variable of TensorFlow.js held outside of the recording. */
  readonly held: Tensor;
}

/**
 * The arrays that training changes, as native variables that live from step to step. While a step
 * is recorded, each variable of TensorFlow.js stands for the value of its native one; what the step
 * has assigned to it in the end is what the native one is told to become.
 */
export class RecordedState {
  private readonly states: readonly StateVariable[];
  /** The handle whose present value is the output of a node, by the name of that output. */
  private readonly handles = new Map<string, Value>();
  /** What changes a native variable in place, in the order of the step. */
  private readonly updates: string[] = [];
  private readonly graph: Graph;

  /**
   * @param variables in an order that gives them their names
   * @param held what they hold now, to be given back by {@link restore}
   */
  constructor(
    private readonly backend: RecordingBackend,
    variables: readonly Variable[],
    held: readonly Tensor[],
  ) {
    this.graph = backend.graph;
    this.states = variables.map((variable, i) => {
      const { shape } = variable;
      const handle = this.graph.value(
        'VarHandleOp',
        [],
        {
          dtype: { type: 'float32' },
          shape: { shape },
          shared_name: { text: `state${i}` },
          container: { text: '' },
        },
        { shape: [], type: 'resource' },
      );
      const before = this.read(handle, shape, []);
      assignValue(backend, variable, before);
      return { variable, handle, before, held: held[i] };
    });
  }

  /** The kernel of `fusedKernels.adamUpdate`: Adam of TensorFlow, in place. */
  readonly adamUpdate = (call: KernelCall): Value[] => {
    const names = ['variable', 'first', 'second'] as const;
    const present = names.map((name) => call.input(name));
    const handles = present.map((value) => {
      const handle = this.handles.get(inputName(value));
      if (!handle) throw new Error('Adam was asked to update what is no part of the state.');
      return handle;
    });
    const { backend } = this;
    const gate = this.gateOf(call.input('loss'));
    const [alpha, epsilon] = [call.input('alpha'), call.input('epsilon')];
    // alpha and epsilon carry the correction of the moments already.
    const corrected = backend.number(0);
    const decays = [call.attribute<number>('beta1'), call.attribute<number>('beta2')];
    const update = this.graph.effect(
      'ResourceApplyAdam',
      [
        ...handles,
        corrected,
        corrected,
        alpha,
        ...decays.map((decay) => backend.number(decay)),
        epsilon,
        call.input('gradient'),
      ],
      { T: { type: 'float32' }, use_locking: { bool: false }, use_nesterov: { bool: false } },
      [gate.open],
    );
    const done = this.afterGate(gate, update);
    this.updates.push(done);
    return present.map(({ shape }, i) => this.read(handles[i], shape, [done]));
  };

  /**
   * Makes the native variables become what was assigned since the recording began.
   *
   * @returns nodes that have run once every variable is up to date
   */
  commit(): string[] {
    const assignments = this.states.flatMap(({ variable, handle, before }) => {
      const after = this.backend.valueFor(variable);
      const isPresent = this.handles.get(inputName(after)) === handle;
      return isPresent ? [] : [this.assign(handle, after, [before.node])];
    });
    return [...this.updates, ...assignments];
  }

  /** Gives the variables of TensorFlow.js back what they held. */
  restore(): void {
    for (const { variable, held } of this.states) variable.assign(held);
  }

  /** A call that gives the native variables their first values. */
  writeSignature(): Signature {
    const inputs = this.states.map(({ variable }) => this.input(variable.shape));
    const assigned = this.states.map(({ handle }, i) => this.assign(handle, inputs[i], []));
    const done = this.graph.effect('Identity', [this.backend.number(1)], floatType, assigned);
    const output: Value = { node: done, index: 0, shape: [], type: 'float32' };
    return { inputs: byName(inputs), outputs: { done: output } };
  }

  /** A call that reads the native variables. */
  readSignature(): Signature {
    return {
      inputs: {},
      outputs: byName(
        this.states.map(({ handle, variable }) => this.read(handle, variable.shape, [])),
      ),
    };
  }

  /** A place for what a call is given. */
  input(shape: readonly number[]): Value {
    const attributes = { dtype: { type: 'float32' }, shape: { shape } } as const;
    const node = this.graph.effect('Placeholder', [], attributes);
    return { node, index: 0, shape, type: 'float32' };
  }

  private read(handle: Value, shape: readonly number[], after: readonly string[]): Value {
    const node = this.graph.effect(
      'ReadVariableOp',
      [handle],
      { dtype: { type: 'float32' } },
      after,
    );
    const value: Value = { node, index: 0, shape, type: 'float32' };
    this.handles.set(inputName(value), handle);
    return value;
  }

  private assign(handle: Value, value: Value, after: readonly string[]): string {
    return this.graph.effect(
      'AssignVariableOp',
      [handle, value],
      { dtype: { type: 'float32' } },
      after,
    );
  }

  /** Lets an update run only where the loss that it comes from is finite. */
  private gateOf(loss: Value): { open: string; shut: Value; opened: Value } {
    const { graph } = this;
    const scalar = { shape: [], type: 'float32' } as const;
    const finite = graph.value('IsFinite', [loss], typeOf(loss), { shape: [], type: 'bool' });
    const [shut, opened] = graph.values('Switch', [loss, finite], floatType, [scalar, scalar]);
    const open = graph.value('Identity', [opened], floatType, scalar);
    return { open: open.node, shut, opened };
  }

  /** A node that has run when the update has, or when the gate was shut. */
  private afterGate({ shut, opened }: { shut: Value; opened: Value }, update: string): string {
    const done = this.graph.effect('Identity', [opened], floatType, [update]);
    const updated: Value = { node: done, index: 0, shape: [], type: 'float32' };
    return this.graph.effect('Merge', [updated, shut], { ...floatType, N: { int: 2 } });
  }
}

const floatType = { T: { type: 'float32' } } as const;

/** Makes a variable of TensorFlow.js stand for a value of the graph. */
function assignValue(backend: RecordingBackend, variable: Variable, value: Value): void {
  const tensor = tf.engine().makeTensorFromTensorInfo(backend.tensorOf(value));
  variable.assign(tensor);
  tensor.dispose();
}

function byName(values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(values.map((value, i) => [`state${i}`, value]));
}
