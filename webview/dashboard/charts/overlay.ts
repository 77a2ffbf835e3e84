import { view } from '../viewState';
import { markedStep, markedX } from './cursor';
import { colourOf } from './lines';
import { markPath } from './marks';
import type { Picture } from './picture';
import { readingOf } from './readings';
import { chartTheme } from './theme';
import { xOf, yOf } from './trace';

const DOT_RADIUS = 3.5;

/** The line of the cursor and the dots on the curves: drawn over them, so that they stay. */
export class Overlay {
  private readonly canvas = document.createElement('canvas');

  /** @param over element over the plotting area */
  constructor(private readonly over: HTMLElement) {
    this.canvas.className = 'chart-overlay';
    over.append(this.canvas);
  }

  /** Draws where the cursor is now. */
  draw(picture: Picture): void {
    const { clientWidth: width, clientHeight: height } = this.over;
    const context = this.prepare(width, height);
    const x = markedX.value;
    if (!context || x === undefined) return;
    const theme = chartTheme.value;
    const frame = {
      box: { left: 0, top: 0, width, height },
      x: picture.x,
      y: picture.y,
      factor: 1,
    };
    const at = Math.round(xOf(x, frame)) + 0.5;
    if (at >= 0 && at <= width + 1) {
      context.strokeStyle = theme.foreground;
      context.globalAlpha = view.hover.value === null ? 0.8 : 0.5;
      context.lineWidth = theme.highContrast ? 2 : 1;
      context.beginPath();
      context.moveTo(at, 0);
      context.lineTo(at, height);
      context.stroke();
      context.globalAlpha = 1;
    }
    // The first one last: it lies on top.
    for (const { line, positions } of picture.lines.toReversed()) {
      const reading = readingOf(line, picture.spec, markedStep.value);
      if (!reading || (picture.y.log && reading.shown <= 0)) continue;
      const place = {
        x: xOf(positions.at(reading.row), frame),
        y: yOf(reading.shown, frame),
      };
      if (place.x < -1 || place.x > width + 1 || place.y < -1 || place.y > height + 1) continue;
      const path = new Path2D(markPath(line.mark ?? 'circle', place.x, place.y, DOT_RADIUS));
      context.fillStyle = colourOf(line, picture.spec);
      context.strokeStyle = theme.background;
      context.lineWidth = 3;
      context.stroke(path);
      context.fill(path);
    }
  }

  private prepare(width: number, height: number): CanvasRenderingContext2D | null {
    const { canvas } = this;
    const ratio = window.devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const context = canvas.getContext('2d');
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, width, height);
    return context;
  }
}
