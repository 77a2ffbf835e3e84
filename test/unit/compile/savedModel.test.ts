import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { Graph } from '../../../src/compile/graph';
import { encodeSavedModel } from '../../../src/compile/savedModel';

/** What TensorFlow.js' own classes make of the file: they were generated from TensorFlow's. */
interface Decoded {
  readonly savedModelSchemaVersion: number;
  readonly metaGraphsList: readonly {
    readonly metaInfoDef: { readonly tagsList: readonly string[] };
    readonly graphDef: {
      readonly nodeList: readonly {
        readonly name: string;
        readonly op: string;
        readonly inputList: readonly string[];
        readonly attrMap: readonly [string, Readonly<Record<string, unknown>>][];
      }[];
    };
    readonly signatureDefMap: readonly [
      string,
      { readonly inputsMap: readonly [string, unknown][]; readonly methodName: string },
    ][];
  }[];
}
interface Proto {
  readonly SavedModel: {
    deserializeBinary(bytes: Uint8Array): { toObject(): Decoded };
  };
}

const proto = createRequire(import.meta.url)(
  '@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js',
) as Proto;

it('a saved model reads back with the classes of TensorFlow itself', () => {
  const graph = new Graph();
  const node = graph.effect('Placeholder', [], {
    dtype: { type: 'float32' },
    shape: { shape: [2, 0, 300] },
  });
  const input = { node, index: 0, shape: [2, 0, 300], type: 'float32' } as const;
  const constant = { type: 'int32', shape: [2], values: [-1, 70_000] } as const;
  graph.effect(
    'Everything',
    [input],
    {
      type: { type: 'bfloat16' },
      int: { int: -3 },
      ints: { ints: [1, 2, 2, 1] },
      float: { float: 0.5 },
      bool: { bool: true },
      text: { text: 'SAME' },
      constant: { constant },
    },
    [node],
  );
  const output = { node: 'Everything_1', index: 1, shape: [], type: 'float32' } as const;
  const signatures = { call: { inputs: { x: input }, outputs: { y: output } } };
  const bytes = encodeSavedModel({ nodes: graph.nodes, signatures });

  const model = proto.SavedModel.deserializeBinary(bytes).toObject();
  expect(model.savedModelSchemaVersion).toBe(1);
  const [meta] = model.metaGraphsList;
  expect(meta.metaInfoDef.tagsList).toEqual(['serve']);
  const [placeholder, everything] = meta.graphDef.nodeList;
  expect(placeholder).toMatchObject({ name: 'Placeholder_0', op: 'Placeholder', inputList: [] });
  expect(Object.fromEntries(placeholder.attrMap)).toMatchObject({
    dtype: { type: 1 },
    shape: { shape: { dimList: [{ size: 2 }, { size: 0 }, { size: 300 }] } },
  });
  expect(everything.inputList).toEqual(['Placeholder_0', '^Placeholder_0']);
  expect(Object.fromEntries(everything.attrMap)).toMatchObject({
    type: { type: 14 },
    int: { i: -3 },
    ints: { list: { iList: [1, 2, 2, 1] } },
    float: { f: 0.5 },
    bool: { b: true },
    text: { s: Buffer.from('SAME').toString('base64') },
    constant: {
      tensor: {
        dtype: 3,
        tensorShape: { dimList: [{ size: 2 }] },
        tensorContent: Buffer.from(Int32Array.of(-1, 70_000).buffer).toString('base64'),
      },
    },
  });
  const [[name, signature]] = meta.signatureDefMap;
  expect([name, signature.methodName]).toEqual(['call', 'tensorflow/serving/predict']);
  expect(signature.inputsMap).toMatchObject([['x', { name: 'Placeholder_0:0', dtype: 1 }]]);
});
