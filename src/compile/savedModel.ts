import { PbfWriter } from 'pbf';
import type { Attribute, Constant, ElementType, GraphNode, Value } from './graph';

/**
 * The protocol buffers of TensorFlow's SavedModel, as far as we write them; the numbers are the
 * fields of tensorflow/core/protobuf/{saved_model,meta_graph}.proto and
 * tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape,versions}.proto.
 */

/** One call that a saved model offers: what goes in and what comes out, by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** What a folder of the format holds. */
export interface SavedModel {
  readonly nodes: readonly GraphNode[];
  readonly signatures: Readonly<Record<string, Signature>>;
}

/** Tag under which the graph is found again. */
export const SERVE = 'serve';
/** Name of the file in its folder. */
export const SAVED_MODEL_FILE = 'saved_model.pb';

const SCHEMA_VERSION = 1;
/** Version of the meaning of operations: that of TensorFlow 2.9, the oldest that we run on. */
const GRAPH_VERSION = 987;

/** `DataType` of tensorflow/core/framework/types.proto. */
const dataTypes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int32: 3,
  bool: 10,
  bfloat16: 14,
  resource: 20,
};

export function encodeSavedModel(model: SavedModel): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, SCHEMA_VERSION);
  pbf.writeMessage(2, writeMetaGraph, model);
  return pbf.finish();
}

function writeMetaGraph({ nodes, signatures }: SavedModel, pbf: PbfWriter): void {
  pbf.writeMessage(1, (tag, info) => info.writeStringField(4, tag), SERVE);
  pbf.writeMessage(2, writeGraph, nodes);
  writeMap(5, signatures, writeSignature, pbf);
}

function writeGraph(nodes: readonly GraphNode[], pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeMessage(4, (version, graph) => graph.writeVarintField(1, version), GRAPH_VERSION);
}

function writeNode({ name, op, inputs, attributes }: GraphNode, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeStringField(2, op);
  for (const input of inputs) pbf.writeStringField(3, input);
  writeMap(5, attributes, writeAttribute, pbf);
}

function writeSignature({ inputs, outputs }: Signature, pbf: PbfWriter): void {
  writeMap(1, inputs, writeTensorInfo, pbf);
  writeMap(2, outputs, writeTensorInfo, pbf);
  pbf.writeStringField(3, 'tensorflow/serving/predict');
}

function writeTensorInfo({ node, index, type, shape }: Value, pbf: PbfWriter): void {
  pbf.writeStringField(1, `${node}:${index}`);
  pbf.writeVarintField(2, dataTypes[type]);
  pbf.writeMessage(3, writeShape, shape);
}

function writeAttribute(attribute: Attribute, pbf: PbfWriter): void {
  if ('text' in attribute) pbf.writeStringField(2, attribute.text);
  else if ('int' in attribute) pbf.writeVarintField(3, attribute.int);
  else if ('float' in attribute) pbf.writeFloatField(4, attribute.float);
  else if ('bool' in attribute) pbf.writeBooleanField(5, attribute.bool);
  else if ('type' in attribute) pbf.writeVarintField(6, dataTypes[attribute.type]);
  else if ('shape' in attribute) pbf.writeMessage(7, writeShape, attribute.shape);
  else if ('constant' in attribute) pbf.writeMessage(8, writeTensor, attribute.constant);
  else pbf.writeMessage(1, (ints, list) => list.writePackedVarint(3, [...ints]), attribute.ints);
}

function writeTensor({ type, shape, values }: Constant, pbf: PbfWriter): void {
  const content = type === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
  pbf.writeVarintField(1, dataTypes[type]);
  pbf.writeMessage(2, writeShape, shape);
  pbf.writeBytesField(4, new Uint8Array(content.buffer));
}

function writeShape(shape: readonly number[], pbf: PbfWriter): void {
  const writeSize = (size: number, dimension: PbfWriter): void =>
    dimension.writeVarintField(1, size);
  for (const size of shape) pbf.writeMessage(2, writeSize, size);
}

/** A map field: one message of key and value for every entry. */
function writeMap<T>(
  field: number,
  map: Readonly<Record<string, T>>,
  write: (value: T, pbf: PbfWriter) => void,
  pbf: PbfWriter,
): void {
  for (const [key, value] of Object.entries(map)) {
    pbf.writeMessage(
      field,
      (content, entry) => {
        entry.writeStringField(1, key);
        entry.writeMessage(2, write, content);
      },
      value,
    );
  }
}
