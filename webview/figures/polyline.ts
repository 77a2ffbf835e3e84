/** What draws a line: the path of a canvas, or the writer of an SVG. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line in pixels, in one or several pieces, x ascending within each. */
export class Polyline implements Pen {
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  /** Where pieces begin. */
  readonly starts: number[] = [];
  /** How far the pen went up and down in all: much more than the line is wide for noise. */
  travel = 0;

  moveTo(x: number, y: number): void {
    this.starts.push(this.xs.length);
    this.xs.push(x);
    this.ys.push(y);
  }

  lineTo(x: number, y: number): void {
    this.travel += Math.abs(y - this.ys[this.ys.length - 1]);
    this.xs.push(x);
    this.ys.push(y);
  }

  /** Draws all pieces. */
  draw(pen: Pen): void {
    this.forEachPiece((start, end) => {
      pen.moveTo(this.xs[start], this.ys[start]);
      for (let i = start + 1; i < end; i++) pen.lineTo(this.xs[i], this.ys[i]);
    });
  }

  /**
   * Draws the line with gaps that recur along x, not along the line: so a noisy line has the same
   * dashes as a smooth one.
   *
   * @param pattern lengths in pixels, drawn and left out in turn
   */
  drawDashed(pen: Pen, pattern: readonly number[]): void {
    this.forEachPiece((start, end) => {
      const dash = new Dash(pattern, this.xs[start]);
      let down = false;
      for (let i = start + 1; i < end; i++) {
        let [x, y] = [this.xs[i - 1], this.ys[i - 1]];
        const [endX, endY] = [this.xs[i], this.ys[i]];
        for (;;) {
          const turn = Math.min(dash.end, endX);
          const turnY = turn === endX ? endY : y + ((endY - y) * (turn - x)) / (endX - x);
          if (dash.drawn) {
            if (!down) pen.moveTo(x, y);
            pen.lineTo(turn, turnY);
          }
          down = dash.drawn;
          [x, y] = [turn, turnY];
          if (dash.end > endX) break;
          dash.advance();
          down = false;
        }
      }
    });
  }

  /** Points that no line leads to or from: they need a dot to be seen. */
  lonely(): Point[] {
    const found: Point[] = [];
    this.forEachPiece((start, end) => {
      if (end - start === 1) found.push({ x: this.xs[start], y: this.ys[start] });
    });
    return found;
  }

  /** All points, where they are at least `distance` apart on average; else none. */
  spacedPoints(distance: number): Point[] {
    const { xs, ys } = this;
    const width = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
    if (xs.length > 1 && width / (xs.length - 1) < distance) return [];
    return xs.map((x, i) => ({ x, y: ys[i] }));
  }

  /** The first point after each multiple of `distance` along x, counted from `offset`. */
  marks(distance: number, offset: number): Point[] {
    const found: Point[] = [];
    this.forEachPiece((start, end) => {
      let next = -Infinity;
      for (let i = start; i < end; i++) {
        const x = this.xs[i];
        if (x < next) continue;
        if (next !== -Infinity) found.push({ x, y: this.ys[i] });
        next = offset + (Math.floor((x - offset) / distance) + 1) * distance;
      }
    });
    return found;
  }

  private forEachPiece(piece: (start: number, end: number) => void): void {
    this.starts.forEach((start, i) => piece(start, this.starts[i + 1] ?? this.xs.length));
  }
}

/** Walks along a pattern of dashes. */
class Dash {
  end: number;
  private index = 0;

  constructor(
    private readonly pattern: readonly number[],
    start: number,
  ) {
    this.end = start + pattern[0];
  }

  get drawn(): boolean {
    return this.index % 2 === 0;
  }

  advance(): void {
    this.index = (this.index + 1) % this.pattern.length;
    this.end += this.pattern[this.index];
  }
}
