import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RandomStream, randomPurpose } from '../../../src/shared/random';
import { type Convolution, geometryFlaw } from '../../../src/spectral/convolution';
import { convolutionMap } from '../../../src/spectral/convolutionMap';
import { type Matrix, matrixOf } from '../../../src/spectral/matrix';
import { hashValues } from '../../fixtures/torch/hashValues';

/** The cases of a file that test/fixtures/spectral/make_spectral.py makes. */
export function casesOf<Case>(name: 'operators' | 'circular' | 'spectra'): readonly Case[] {
  const file = path.join(import.meta.dirname, `../../fixtures/spectral/${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }).cases;
}

/** A convolution without its weight. */
export type Geometry = Omit<Convolution, 'weight'>;

/** A geometry as plain as can be, but for what is given. */
export function geometryOf(
  shape: Geometry['shape'],
  inputSize: Geometry['inputSize'],
  other: Partial<Geometry> = {},
): Geometry {
  return {
    shape,
    inputSize,
    transposed: false,
    stride: [1, 1],
    padding: [0, 0, 0, 0],
    dilation: [1, 1],
    groups: 1,
    outputPadding: [0, 0],
    ...other,
  };
}

/** With the weight that is array `k` of hashValues. */
export function hashed(geometry: Geometry, k: number): Convolution {
  const count = geometry.shape.reduce((product, side) => product * side, 1);
  return { ...geometry, weight: hashValues(k, count) };
}

/** The matrix of a convolution, one row for each value of the output: its images of unit vectors. */
export function denseMatrix(c: Convolution): Matrix {
  const map = convolutionMap(c);
  const data = new Float64Array(map.inputs * map.outputs);
  const x = new Float64Array(map.inputs);
  for (let j = 0; j < map.inputs; j++) {
    x[j] = 1;
    map.apply(x).forEach((value, i) => {
      data[i * map.inputs + j] = value;
    });
    x[j] = 0;
  }
  return matrixOf(map.outputs, map.inputs, data);
}

/** Kernels of any geometry that exists, small enough for their dense matrix. */
export function* randomKernels(count: number): Generator<Convolution> {
  const stream = new RandomStream(4, randomPurpose.weights);
  const from = (low: number, high: number): number =>
    low + Math.floor(stream.uniform() * (high - low + 1));
  const pair = (low: number, high: number): [number, number] => [from(low, high), from(low, high)];
  for (let made = 0; made < count;) {
    const groups = from(1, 4) === 1 ? from(2, 3) : 1;
    const transposed = from(1, 3) === 1;
    const geometry: Geometry = {
      shape: [groups * from(1, 3), from(1, 3), ...pair(1, 4)],
      transposed,
      groups,
      stride: pair(1, 3),
      dilation: from(1, 3) === 1 ? pair(1, 3) : [1, 1],
      padding: [...pair(0, 2), ...pair(0, 2)],
      outputPadding: transposed ? pair(0, 1) : [0, 0],
      inputSize: pair(1, 5),
    };
    if (geometryFlaw(geometry) !== undefined) continue;
    made++;
    const { weight } = hashed(geometry, 1000 + made);
    // All positive kernels come nearest to their bounds; sparse ones tell the taps apart.
    const kind = made % 4;
    if (kind === 1) yield { ...geometry, weight: weight.map(Math.abs) };
    else if (kind === 2) yield { ...geometry, weight: weight.map((v) => (v > 0.25 ? v : 0)) };
    else yield { ...geometry, weight };
  }
}
