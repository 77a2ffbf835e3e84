import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Value } from './graph';
import type { RecordedState } from './recordedState';
import type { RecordingBackend } from './recordingBackend';

/** What a call of the graph is given, by name. */
export class CallInputs {
  private readonly byName: Record<string, Value> = {};

  constructor(
    private readonly backend: RecordingBackend,
    private readonly state: RecordedState,
  ) {}

  /** The inputs that were asked for until now. */
  get values(): Readonly<Record<string, Value>> {
    return { ...this.byName };
  }

  /** Adds an input, as the model's code sees it. */
  tensor(name: string, shape: readonly number[]): Tensor {
    const value = this.state.input(shape);
    this.byName[name] = value;
    return tf.engine().makeTensorFromTensorInfo(this.backend.tensorOf(value));
  }
}
