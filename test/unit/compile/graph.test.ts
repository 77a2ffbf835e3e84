import { describe, expect, it } from 'vitest';
import { Graph, inputName, type Value } from '../../../src/compile/graph';

const scalar = { shape: [], type: 'float32' } as const;
const T = { T: { type: 'float32' } } as const;

function number(graph: Graph, value: number): Value {
  const constant = { ...scalar, values: [value] };
  const attributes = { dtype: { type: 'float32' }, value: { constant } } as const;
  return graph.value('Const', [], attributes, scalar);
}

describe('a graph', () => {
  it('computes the same thing of the same things once', () => {
    const graph = new Graph();
    const sum = (): Value => graph.value('AddV2', [number(graph, 1), number(graph, 2)], T, scalar);
    expect(sum()).toEqual(sum());
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Const', 'Const', 'AddV2']);
  });

  it('tells operations apart by their inputs, their order and their attributes', () => {
    const graph = new Graph();
    const [one, two] = [number(graph, 1), number(graph, 2)];
    const names = [
      graph.value('Sub', [one, two], T, scalar),
      graph.value('Sub', [two, one], T, scalar),
      graph.value('Sub', [one, two], { T: { type: 'bfloat16' } }, scalar),
      graph.value('AddV2', [one, two], T, scalar),
    ].map(({ node }) => node);
    expect(new Set(names).size).toBe(4);
  });

  it('tells the outputs of an operation apart', () => {
    const graph = new Graph();
    const [first, second] = graph.values('Switch', [number(graph, 1)], T, [scalar, scalar]);
    expect([inputName(first), inputName(second)]).toEqual(['Switch_1', 'Switch_1:1']);
  });

  it('never merges what changes the state, and keeps the order that it is told', () => {
    const graph = new Graph();
    const value = number(graph, 1);
    const first = graph.effect('AssignVariableOp', [value], T);
    const second = graph.effect('AssignVariableOp', [value], T, [first, first]);
    expect(second).not.toBe(first);
    expect(graph.nodes.at(-1)?.inputs).toEqual([value.node, `^${first}`]);
  });
});
