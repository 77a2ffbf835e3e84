/** Element types of native values; those of TensorFlow's `DataType` that a step needs. */
export type ElementType = 'float32' | 'bfloat16' | 'int32' | 'bool' | 'resource';

/** An attribute of a native operation. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly shape: readonly number[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly constant: Constant };

/** A constant: few numbers, because large ones would swell the file. */
export interface Constant {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** An operation of the graph, by its unique name. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Values as `node` or `node:index`, then nodes that must run before as `^node`. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** What an operation gives: one of its outputs. */
export interface Value {
  readonly node: string;
  readonly index: number;
  readonly shape: readonly number[];
  readonly type: ElementType;
}

/** What an operation's output will look like. */
export type OutputSpec = Pick<Value, 'shape' | 'type'>;

/** How {@link Value}s are named among the inputs of a node. */
export function inputName({ node, index }: Value): string {
  return index === 0 ? node : `${node}:${index}`;
}

/**
 * A dataflow graph of native operations that is being built. An operation on the same inputs with
 * the same attributes is one node, however often it is asked for: that is how a generator's images
 * are made once for both players, and every weight is normalised once.
 */
export class Graph {
  private readonly byName = new Map<string, GraphNode>();
  private readonly byContent = new Map<string, GraphNode>();

  get nodes(): GraphNode[] {
    return [...this.byName.values()];
  }

  /** A pure operation with one output. */
  value(op: string, inputs: readonly Value[], attributes: Attributes, output: OutputSpec): Value {
    return this.values(op, inputs, attributes, [output])[0];
  }

  /** A pure operation: the same inputs always give the same outputs. */
  values(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    outputs: readonly OutputSpec[],
  ): Value[] {
    const names = inputs.map(inputName);
    const content = JSON.stringify([op, names, attributes]);
    let node = this.byContent.get(content);
    if (!node) {
      node = this.add(op, names, attributes);
      this.byContent.set(content, node);
    }
    const { name } = node;
    return outputs.map(({ shape, type }, index) => ({ node: name, index, shape, type }));
  }

  /**
   * An operation that reads or changes what is outside the graph, so that no two are the same.
   *
   * @param after nodes that must run before it
   */
  effect(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    after: readonly string[] = [],
  ): string {
    const controls = [...new Set(after)].map((name) => `^${name}`);
    return this.add(op, [...inputs.map(inputName), ...controls], attributes).name;
  }

  private add(op: string, inputs: readonly string[], attributes: Attributes): GraphNode {
    const node = { name: `${op}_${this.byName.size}`, op, inputs, attributes };
    this.byName.set(node.name, node);
    return node;
  }
}
