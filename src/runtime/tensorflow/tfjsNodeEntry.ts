/** The bundle of tfjs-node: its JavaScript without its package, so that a product carries one file. */
export * from '@tensorflow/tfjs-node-gpu';
