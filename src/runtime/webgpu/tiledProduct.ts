import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './backend';
import { reduceColumns } from './columns';
import { MAIN, runShader } from './shader';
import { sum } from './sums';

/**
 * C[row, column] = Σ_k A[row, k] B[k, column], where A is made of the pixels of images that nobody
 * rearranges in memory: each row of A has a place in the images, each k adds an offset to it, and
 * what is outside the image is zero. Convolutions and their gradients are such products.
 */
export interface ImageProduct {
  /** Names the code: `rowOf`, `termOf` and the order in which the factors are read. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Most values of k that a phase has. */
  readonly terms: number;
  /** Products beside each other in one dispatch; each writes other places of the output. */
  readonly phases: number;
  readonly a: Factor;
  readonly b: Factor;
  /** Elements from one column of B to the next. */
  readonly columnStep: number;
  readonly outputShape: readonly number[];
  /** [height, width, channels] of the images. */
  readonly image: readonly [number, number, number];
  /**
   * Body of `fn rowOf(row: i32, phase: i32) -> vec4<i32>`: y and x in the image, index of the
   * image's first element plus the channel, and index of the row's first output, -1 for none.
   */
  readonly rowOf: string;
  /**
   * Body of `fn termOf(k: i32, phase: i32) -> vec4<i32>`: what k adds to y, x and the index of the
   * element of A, and the index of B's element in column 0.
   */
  readonly termOf: string;
  /** Functions that these use. */
  readonly declarations: string;
  /** Body of `fn termsOf(phase: i32) -> i32` where a phase may have fewer terms. */
  readonly termsOf?: string;
  /** Numbers for the snippets: fields of `uniforms`. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Factor {
  readonly tensor: TensorInfo;
  /** Whether neighbours along k are neighbours in memory; else those along rows or columns. */
  readonly alongK: boolean;
  /** Whether they come in fours that no edge divides. */
  readonly inFours: boolean;
}

/** Rows and columns of C that a workgroup computes. */
interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/** Values of k that a workgroup has in its memory at a time, and in fours. */
const DEPTH = 16;
const FOURS = DEPTH / 4;

/** Each thread computes 8 x 4 values: 32 products for every 12 values that it reads of a tile. */
const THREAD_ROWS = 8;
const THREAD_COLUMNS = 4;

/** Workgroups that keep a large device busy; sums are divided among workgroups up to there. */
const BUSY = 256;

/** Terms of a sum below which it is not divided. */
const LEAST_TERMS = 256;

/** Most workgroups in one dimension of a dispatch, wherever WebGPU runs. */
const MOST_GROUPS = 65535;

/** Narrow matrices get a narrow tile, so that few of its threads work for nothing. */
function tileFor(columns: number): Tile {
  if (columns <= 16) return { rows: 128, columns: 16 };
  if (columns <= 32) return { rows: 128, columns: 32 };
  return { rows: 64, columns: 64 };
}

/** Whether a product fits into one dispatch. */
export function fits({ rows, columns }: ImageProduct): boolean {
  return rows / tileFor(columns).rows <= MOST_GROUPS;
}

/**
 * Computes a product. Where it has too few tiles for a large device, its sums are divided into
 * slices, which are added afterwards in a fixed order: no result depends on chance.
 */
export function runImageProduct(backend: WebgpuBackend, product: ImageProduct): TensorInfo {
  const { rows, columns, terms, phases, a, b, outputShape, numbers } = product;
  const tile = tileFor(columns);
  const groups = [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
  const { slices, termsPerSlice } = divide(terms, groups[0] * groups[1] * phases);
  const size = tf.util.sizeFromShape([...outputShape]);
  const [height, width, channels] = product.image;
  const writesFours = !b.alongK && columns % 4 === 0;
  const uniforms = {
    ...{ rows, columns, terms, termsPerSlice, phases, size, height, width, channels },
    columnStep: product.columnStep,
    ...numbers,
  };
  const layout = [a.alongK, a.inFours, b.alongK, b.inFours, writesFours].map(Number).join('');
  const typeOf = (inFours: boolean): 'vec4<f32>' | 'f32' => (inFours ? 'vec4<f32>' : 'f32');
  const [result] = runShader(
    backend,
    {
      key: `${product.name} ${tile.rows}x${tile.columns} ${layout}`,
      outputs: [{ name: 'result', type: typeOf(writesFours) }],
      inputs: [
        { name: 'a', type: typeOf(a.inFours) },
        { name: 'b', type: typeOf(b.inFours) },
      ],
      uniforms: Object.fromEntries(Object.keys(uniforms).map((name) => [name, 'i32'])),
      code: () => codeOf(product, tile, writesFours),
    },
    {
      outputs: [slices === 1 ? outputShape : [slices, ...outputShape]],
      inputs: [a.tensor, b.tensor],
      uniforms,
      workgroups: [...groups, phases * slices],
    },
  );
  if (slices === 1) return result;
  const [total] = reduceColumns(backend, sum, [result], [slices, size], [outputShape]);
  backend.disposeData(result.dataId);
  return total;
}

function divide(terms: number, groups: number): { slices: number; termsPerSlice: number } {
  const wanted = Math.min(Math.ceil(BUSY / groups), Math.floor(terms / LEAST_TERMS));
  const termsPerSlice = Math.ceil(terms / Math.max(1, wanted) / DEPTH) * DEPTH;
  return { slices: Math.ceil(terms / termsPerSlice), termsPerSlice };
}

function codeOf(product: ImageProduct, tile: Tile, writesFours: boolean): string {
  const { a, b, rowOf, termOf, termsOf = 'return uniforms.terms;' } = product;
  const across = tile.columns / THREAD_COLUMNS;
  const down = tile.rows / THREAD_ROWS;
  const threads = across * down;
  const threadRows = Array.from({ length: THREAD_ROWS }, (_, i) => i);
  return `
  var<workgroup> tileA: array<vec4<f32>, ${tile.rows * FOURS}>;
  var<workgroup> tileB: array<vec4<f32>, ${tile.columns * FOURS}>;
  var<workgroup> rowsHere: array<vec4<i32>, ${tile.rows}>;
  /** Those of this tile, and those of the next one. */
  var<workgroup> termsHere: array<vec4<i32>, ${2 * DEPTH}>;
  /** Outside of every image, whatever is added to it. */
  const OUTSIDE = -0x1000000;
  ${product.declarations}

  fn rowOf(row: i32, phase: i32) -> vec4<i32> {
    ${rowOf}
  }
  fn termOf(k: i32, phase: i32) -> vec4<i32> {
    ${termOf}
  }
  fn termsOf(phase: i32) -> i32 {
    ${termsOf}
  }
  fn termBefore(end: i32, k: i32, phase: i32) -> vec4<i32> {
    if (k < end) {
      return termOf(k, phase);
    }
    return vec4<i32>(OUTSIDE, 0, 0, 0);
  }
  ${readA(a)}
  ${readB(b)}
  ${writesFours ? writeFours : writeSingly}

  @compute @workgroup_size(${threads})
  ${MAIN} {
    let t = i32(local);
    let tx = t % ${across};
    let ty = t / ${across};
    let rowStart = i32(group.x) * ${tile.rows};
    let columnStart = i32(group.y) * ${tile.columns};
    let phase = i32(group.z) % uniforms.phases;
    let slice = i32(group.z) / uniforms.phases;
    let first = slice * uniforms.termsPerSlice;
    let end = min(first + uniforms.termsPerSlice, termsOf(phase));
    for (var r = t; r < ${tile.rows}; r += ${threads}) {
      rowsHere[r] = vec4<i32>(OUTSIDE, 0, 0, -1);
      if (rowStart + r < uniforms.rows) {
        rowsHere[r] = rowOf(rowStart + r, phase);
      }
    }
    if (t < ${DEPTH}) {
      termsHere[t] = termBefore(end, first + t, phase);
    }
    workgroupBarrier();
    ${threadRows.map((i) => `var sum${i} = vec4<f32>(0.0);`).join('\n')}
    var now = 0;
    for (var k = first; k < end; k += ${DEPTH}) {
      for (var u = t; u < ${tile.rows * FOURS}; u += ${threads}) {
        ${a.alongK ? alongK('A', 'readA(line, now + four * 4)') : alongLines('A', tile.rows, 'readA(line, now + q)')}
      }
      for (var u = t; u < ${tile.columns * FOURS}; u += ${threads}) {
        ${b.alongK ? alongK('B', 'readB(columnStart + line, now + four * 4)') : alongLines('B', tile.columns, 'readB(columnStart + line, now + q)')}
      }
      now = ${DEPTH} - now;
      if (t < ${DEPTH}) {
        termsHere[now + t] = termBefore(end, k + ${DEPTH} + t, phase);
      }
      workgroupBarrier();
      ${a.alongK ? sumAlongK(tile, b.alongK, down, across) : sumOverK(tile, down)}
      workgroupBarrier();
    }
    ${threadRows
      .map((i) => {
        const row = a.alongK
          ? `ty + ${i * down}`
          : `(ty + ${Math.floor(i / 4) * down}) * 4 + ${i % 4}`;
        return b.alongK
          ? `write(${row}, columnStart + tx, sum${i}, ${across}, slice);`
          : `write(${row}, columnStart + tx * 4, sum${i}, 1, slice);`;
      })
      .join('\n')}
  }`;
}

/**
 * Place of four values along k of a line (a row or column) in the workgroup's memory. Neighbouring
 * lines hold them in turned order, so that threads that read them together use different banks.
 */
const placeAlongK = (line: string, four: string): string =>
  `(${line}) * ${FOURS} + ((${four}) ^ (((${line}) >> 1) & ${FOURS - 1}))`;

const alongK = (tile: 'A' | 'B', read: string): string => `
        let line = u / ${FOURS};
        let four = u % ${FOURS};
        tile${tile}[${placeAlongK('line', 'four')}] = ${read};`;

const alongLines = (tile: 'A' | 'B', lines: number, read: string): string => `
        let line = u % ${lines / 4} * 4;
        let q = u / ${lines / 4};
        tile${tile}[u] = ${read};`;

/** Four values of A from a row of the tile and a place in `termsHere` on, zeros outside. */
function readA({ alongK: isAlongK, inFours }: Factor): string {
  const one = `
      let at = rowsHere[r] + termsHere[q];
      if (at.x >= 0 && at.x < uniforms.height && at.y >= 0 && at.y < uniforms.width) {
        let i = at.z + (at.x * uniforms.width + at.y) * uniforms.channels;
        value${inFours ? '' : '[j]'} = a[i${inFours ? ' / 4' : ''}];
      }`;
  return `
  fn readA(row: i32, term: i32) -> vec4<f32> {
    var value = vec4<f32>(0.0);
    ${eachOfFour(one, isAlongK, inFours, 'row')}
    return value;
  }`;
}

/** Four values of B from a column and a place in `termsHere` on, zeros after the last term. */
function readB({ alongK: isAlongK, inFours }: Factor): string {
  const one = `
      if (termsHere[q].x > OUTSIDE) {
        let i = r * uniforms.columnStep + termsHere[q].w;
        value${inFours ? '' : '[j]'} = b[i${inFours ? ' / 4' : ''}];
      }`;
  return `
  fn readB(column: i32, term: i32) -> vec4<f32> {
    var value = vec4<f32>(0.0);
    ${eachOfFour(one, isAlongK, inFours, 'column')}
    return value;
  }`;
}

function eachOfFour(one: string, isAlongK: boolean, inFours: boolean, line: string): string {
  if (inFours) return `let r = ${line}; let q = term; ${one}`;
  return `
    for (var j = 0; j < 4; j += 1) {
      let r = ${line}${isAlongK ? '' : ' + j'};
      let q = term${isAlongK ? ' + j' : ''};
      ${one}
    }`;
}

const writeFours = `
  fn write(row: i32, column: i32, value: vec4<f32>, step: i32, slice: i32) {
    let place = rowsHere[row].w;
    if (place >= 0 && column < uniforms.columns) {
      result[(slice * uniforms.size + place + column) / 4] = value;
    }
  }`;

const writeSingly = `
  fn write(row: i32, column: i32, value: vec4<f32>, step: i32, slice: i32) {
    let place = rowsHere[row].w;
    for (var j = 0; j < 4; j += 1) {
      if (place >= 0 && column + j * step < uniforms.columns) {
        result[slice * uniforms.size + place + column + j * step] = value[j];
      }
    }
  }`;

/** Sums over four values of k at a time, where A has them side by side. */
function sumAlongK(tile: Tile, bAlongK: boolean, down: number, across: number): string {
  const four = [0, 1, 2, 3];
  const values = four.map((j) =>
    bAlongK
      ? `let v${j} = tileB[${placeAlongK(`tx + ${j * across}`, 'q')}];`
      : `let v${j} = tileB[(q * 4 + ${j}) * ${tile.columns / 4} + tx];`,
  );
  const sumOf = (i: number): string =>
    bAlongK
      ? `sum${i} += vec4<f32>(${four.map((j) => `dot(u${i}, v${j})`).join(', ')});`
      : four.map((j) => `sum${i} = fma(vec4<f32>(u${i}[${j}]), v${j}, sum${i});`).join(' ');
  const rows = Array.from(
    { length: THREAD_ROWS },
    (_, i) => `let u${i} = tileA[${placeAlongK(`ty + ${i * down}`, 'q')}]; ${sumOf(i)}`,
  );
  return `
      for (var q = 0; q < ${FOURS}; q += 1) {
        ${values.join('\n')}
        ${rows.join('\n')}
      }`;
}

/** Sums over one value of k at a time, where A has rows side by side. */
function sumOverK(tile: Tile, down: number): string {
  const sums = [0, 1].map((part) => {
    const rows = [0, 1, 2, 3].map((j) => {
      const name = `sum${part * 4 + j}`;
      return `${name} = fma(vec4<f32>(u${part}[${j}]), v, ${name});`;
    });
    return `let u${part} = tileA[q * ${tile.rows / 4} + ty + ${part * down}]; ${rows.join(' ')}`;
  });
  return `
      for (var q = 0; q < ${DEPTH}; q += 1) {
        let v = tileB[q * ${tile.columns / 4} + tx];
        ${sums.join('\n')}
      }`;
}
