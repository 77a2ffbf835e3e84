import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './backend';
import { MAIN, runShader, type Binding } from './shader';

/** Threads of a workgroup. */
const THREADS = 256;

/** Rows that a thread takes before it is worth while to have more workgroups. */
const ROWS_PER_THREAD = 8;

/** Workgroups beyond which a device gains nothing. */
const MOST_WORKGROUPS = 512;

/**
 * A reduction of [rows, columns] over the rows, column by column, as snippets of WGSL. The state of
 * a thread is `a0` and, with two fields, `a1`, of type V (one or four columns), and the number `n`
 * of the rows in it.
 */
export interface ColumnReduction {
  readonly name: string;
  readonly fields: 1 | 2;
  readonly inputs: readonly string[];
  /** Takes element `i` of an input, that is row `row` of column `column`, into the state. */
  readonly each: string;
  /** Takes another state, `b0`, `b1` and `bn`, into the state. */
  readonly merge: string;
  readonly outputs: readonly string[];
  /** Writes the outputs of column `column` of `columns`. */
  readonly finish: string;
}

/** How a reduction of a shape is spread. Columns are counted in units of `width`. */
interface Spread {
  readonly width: 1 | 4;
  readonly columns: number;
  /** Threads of a workgroup side by side; the others are in lines beneath them. */
  readonly across: number;
  readonly rowsPerSlice: number;
  readonly slices: number;
}

function spreadOf(rows: number, columns: number): Spread {
  const width = columns % 4 === 0 ? 4 : 1;
  const units = columns / width;
  // 32 columns are a line of memory.
  const across = Math.min(2 ** Math.ceil(Math.log2(units)), 32 / width);
  const blocks = Math.ceil(units / across);
  const wanted = Math.ceil(rows / ((THREADS / across) * ROWS_PER_THREAD));
  const most = Math.max(1, Math.floor(MOST_WORKGROUPS / blocks));
  const rowsPerSlice = Math.ceil(rows / Math.min(wanted, most));
  return {
    width,
    columns: units,
    across,
    rowsPerSlice,
    slices: Math.ceil(rows / rowsPerSlice),
  };
}

/** A buffer that has one column in all, or every column anew in each row. */
const typed =
  (width: 1 | 4) =>
  (name: string): Binding => ({ name, type: width === 4 ? 'vec4<f32>' : 'f32' });

/**
 * Reduces [rows, columns] in one pass over memory, and another over one state for every slice of
 * the rows where they are many. Sums are trees: a long one does not lose its small terms.
 *
 * @param outputs shapes of the reduction's outputs
 * @param numbers uniforms that `finish` uses, all f32; part of the name
 */
export function reduceColumns(
  backend: WebgpuBackend,
  reduction: ColumnReduction,
  inputs: readonly TensorInfo[],
  [rows, columns]: readonly [rows: number, columns: number],
  outputs: readonly (readonly number[])[],
  numbers: Readonly<Record<string, number>> = {},
): TensorInfo[] {
  const spread = spreadOf(rows, columns);
  const { width, slices, rowsPerSlice } = spread;
  const run = (pass: Pass, over: readonly TensorInfo[], shapes: typeof outputs): TensorInfo[] =>
    runShader(
      backend,
      {
        key: `${reduction.name} ${pass.name} ${width}`,
        outputs: pass.outputs.map(typed(width)),
        inputs: pass.inputs.map(typed(width)),
        uniforms: {
          rows: 'i32',
          columns: 'i32',
          rowsPerSlice: 'i32',
          across: 'i32',
          ...Object.fromEntries(Object.keys(pass.numbers).map((name) => [name, 'f32' as const])),
        },
        code: () => columnCode(reduction, pass, width),
      },
      {
        outputs: shapes,
        inputs: over,
        uniforms: {
          rows: pass.overSlices ? slices : rows,
          columns: spread.columns,
          rowsPerSlice: pass.overSlices ? slices : rowsPerSlice,
          across: spread.across,
          ...pass.numbers,
        },
        workgroups: [Math.ceil(spread.columns / spread.across), pass.overSlices ? 1 : slices],
      },
    );
  const { each, finish } = reduction;
  if (slices === 1) {
    const whole = { name: 'whole', each, finish, numbers, overSlices: false };
    return run({ ...whole, inputs: reduction.inputs, outputs: reduction.outputs }, inputs, outputs);
  }
  const [partial] = run(
    {
      name: 'slices',
      each,
      finish: writePartial(reduction),
      inputs: reduction.inputs,
      outputs: ['partial'],
      numbers: {},
      overSlices: false,
    },
    inputs,
    [[slices, reduction.fields, columns]],
  );
  const results = run(
    {
      name: 'merge',
      each: readPartial(reduction),
      finish,
      inputs: ['partial'],
      outputs: reduction.outputs,
      numbers: { ...numbers, allRows: rows, sliceRows: rowsPerSlice },
      overSlices: true,
    },
    [partial],
    outputs,
  );
  backend.disposeData(partial.dataId);
  return results;
}

interface Pass {
  readonly name: string;
  readonly each: string;
  readonly finish: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly numbers: Readonly<Record<string, number>>;
  /** Whether its rows are the slices of the pass before. */
  readonly overSlices: boolean;
}

function writePartial({ fields }: ColumnReduction): string {
  return Array.from(
    { length: fields },
    (_, f) => `partial[(slice * ${fields} + ${f}) * columns + column] = a${f};`,
  ).join('\n');
}

function readPartial({ fields, merge }: ColumnReduction): string {
  return `
    let b0 = partial[(row * ${fields}) * columns + column];
    ${fields === 2 ? 'let b1 = partial[(row * 2 + 1) * columns + column];' : ''}
    let bn = min(uniforms.sliceRows, uniforms.allRows - f32(row) * uniforms.sliceRows);
    ${merge}`;
}

function columnCode({ fields, merge }: ColumnReduction, pass: Pass, width: 1 | 4): string {
  const two = (code: string): string => (fields === 2 ? code : '');
  return `
  alias V = ${width === 4 ? 'vec4<f32>' : 'f32'};
  var<workgroup> states0: array<V, ${THREADS}>;
  ${two(`var<workgroup> states1: array<V, ${THREADS}>;`)}
  var<workgroup> counts: array<f32, ${THREADS}>;

  @compute @workgroup_size(${THREADS})
  ${MAIN} {
    let at = i32(local);
    let across = uniforms.across;
    let lines = ${THREADS} / across;
    let line = at / across;
    let columns = uniforms.columns;
    let column = i32(group.x) * across + at % across;
    let slice = i32(group.y);
    let first = slice * uniforms.rowsPerSlice;
    let end = min(first + uniforms.rowsPerSlice, uniforms.rows);
    var a0 = V(0.0);
    ${two('var a1 = V(0.0);')}
    var n = 0.0;
    if (column < columns) {
      for (var row = first + line; row < end; row += lines) {
        let i = row * columns + column;
        ${pass.each}
      }
    }
    states0[at] = a0;
    ${two('states1[at] = a1;')}
    counts[at] = n;
    workgroupBarrier();
    for (var half = lines / 2; half > 0; half /= 2) {
      if (line < half) {
        let other = at + half * across;
        let b0 = states0[other];
        ${two('let b1 = states1[other];')}
        let bn = counts[other];
        ${merge}
        states0[at] = a0;
        ${two('states1[at] = a1;')}
        counts[at] = n;
      }
      workgroupBarrier();
    }
    if (line == 0 && column < columns && groups.x > 0) {
      ${pass.finish}
    }
  }`;
}

/** Rows and columns of a tensor whose last axis is the columns. */
export function rowsAndColumns(shape: readonly number[], columns: number): [number, number] {
  return [tf.util.sizeFromShape([...shape]) / columns, columns];
}
