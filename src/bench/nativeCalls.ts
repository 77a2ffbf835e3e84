import * as tf from '@tensorflow/tfjs-core';

type Binding = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Calls into the library that compute; the others move or free memory. */
const computing = new Set(['executeOp', 'runSavedModel']);

/**
 * How often a piece of work calls into native code to compute something: operations and whole
 * models of TensorFlow, kernels of the other backends.
 */
export async function countNativeCalls(work: () => Promise<unknown>): Promise<number> {
  if (tf.getBackend() !== 'tensorflow') {
    const { kernels } = await tf.profile(async () => {
      await work();
      return [];
    });
    return kernels.length;
  }
  const backend = tf.backend() as unknown as { binding: Binding };
  const { binding } = backend;
  let calls = 0;
  // The addon's functions can be neither replaced nor wrapped by a proxy of the addon itself.
  backend.binding = new Proxy<Binding>(
    {},
    {
      get: (_, name: string) => {
        const value = binding[name];
        if (!computing.has(name)) return value;
        return (...args: unknown[]): unknown => {
          calls++;
          return value.apply(binding, args);
        };
      },
    },
  );
  try {
    await work();
  } finally {
    backend.binding = binding;
  }
  return calls;
}
