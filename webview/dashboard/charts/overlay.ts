import { view } from '../viewState';
import { markedStep, markedX } from './cursor';
import { formatPlace } from './format';
import { colourOf } from './lines';
import { markPath } from '../../figures/marks';
import type { Picture } from './picture';
import { readingOf } from './readings';
import { chartTheme } from '../../figures/theme';
import { xOf, yOf } from './trace';

const DOT_RADIUS = 3.5;
/** Height of the labels of the x axis: the position of the cursor stands among them. */
const AXIS = 20;
const FONT_SIZE = 11;
/** How far the label may reach over the end of the axis. */
const OVERHANG = 20;

/** The line of the cursor and the dots on the curves: drawn over them, so that they stay. */
export class Overlay {
  private readonly canvas = document.createElement('canvas');

  /** @param over element over the plotting area */
  constructor(private readonly over: HTMLElement) {
    this.canvas.className = 'chart-overlay';
    over.append(this.canvas);
  }

  /**
   * Draws where the cursor is now.
   *
   * @param emphasised keys of the lines that stand out, and alone have dots; undefined: all
   */
  draw(picture: Picture, emphasised: ReadonlySet<string> | undefined): void {
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
    if (at >= 0 && at <= width + 1) this.drawLine(context, at, x);
    // The first one last: it lies on top.
    for (const { line, positions } of picture.lines.toReversed()) {
      if (emphasised && !emphasised.has(line.key)) continue;
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

  /** A line from top to bottom, and under it where it stands. */
  private drawLine(context: CanvasRenderingContext2D, at: number, x: number): void {
    const { clientWidth: width, clientHeight: height } = this.over;
    const theme = chartTheme.value;
    context.strokeStyle = theme.foreground;
    context.globalAlpha = view.hover.value === null ? 0.8 : 0.5;
    context.lineWidth = theme.highContrast ? 2 : 1;
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at, height);
    context.stroke();
    context.globalAlpha = 1;
    context.font = `${FONT_SIZE}px ${theme.fontFamily}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const text = formatPlace(x, view.preferences.value.xAxis);
    const length = context.measureText(text).width + 8;
    const middle = Math.max(length / 2, Math.min(width + OVERHANG - length / 2, at));
    context.fillStyle = theme.foreground;
    context.fillRect(middle - length / 2, height + 2, length, AXIS - 4);
    context.fillStyle = theme.background;
    context.fillText(text, middle, height + AXIS / 2 + 0.5);
  }

  private prepare(width: number, height: number): CanvasRenderingContext2D | null {
    const { canvas } = this;
    const ratio = window.devicePixelRatio;
    const wide = Math.round((width + OVERHANG) * ratio);
    const high = Math.round((height + AXIS) * ratio);
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.width = `${width + OVERHANG}px`;
      canvas.style.height = `${height + AXIS}px`;
    }
    const context = canvas.getContext('2d');
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, width + OVERHANG, height + AXIS);
    return context;
  }
}
