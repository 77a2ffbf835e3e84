/** A convolution as a linear map between images, in PyTorch's terms and float64. */
export interface Convolution {
  /**
   * Row-major: [out, in / groups, kernel height, kernel width]; of a transposed convolution
   * [in, out / groups, kernel height, kernel width].
   */
  readonly weight: Float64Array;
  readonly shape: readonly [number, number, number, number];
  readonly transposed: boolean;
  /** [vertical, horizontal] */
  readonly stride: readonly [number, number];
  /** Rows and columns of zeros around the input: [top, bottom, left, right]. */
  readonly padding: readonly [number, number, number, number];
  /** [vertical, horizontal] */
  readonly dilation: readonly [number, number];
  readonly groups: number;
  /** Of transposed convolutions: added to the output, [bottom, right]. */
  readonly outputPadding: readonly [number, number];
  /** [height, width] */
  readonly inputSize: readonly [number, number];
}
