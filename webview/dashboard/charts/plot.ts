import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Box } from '../../figures/figure';
import { lineWidth, mostTicks } from '../../figures/style';
import { numberTicks, type Tick } from '../../figures/ticks';
import { view } from '../viewState';
import type { Curve } from './curves';
import { cssColour, parseColour } from '../../figures/colour';
import { colourOf } from './lines';
import { markPath } from '../../figures/marks';
import { polylineOf, type Picture, type PictureLine } from './picture';
import type { Polyline } from '../../figures/polyline';
import { ghostAlpha, placesOfShapes } from './style';
import { chartTheme, type ChartTheme } from '../../figures/theme';
import { xTicks } from './ticks';

/** Left of the plot for labels: the same in all charts, so that their x axes are in line. */
const AXIS_WIDTH = 48;
/** Width of a digit, about. */
const LETTER = 6.6;
const AXIS_HEIGHT = 22;
const FONT_SIZE = 11;
/** Above and at the right, so that the outermost labels are not cut off. */
const TOP = 8;
const RIGHT = 22;
/** How many times its length a line goes up and down until it is noise. */
const DENSE = 25;
const NOISE_ALPHA = 0.65;

/**
 * One chart on a canvas. uPlot lays it out and draws axes and lines; the lines themselves come from
 * a {@link Picture}, thinned out to the pixels there are.
 */
export class Plot {
  /** Keys of the lines that the legend points to; the others step back. */
  emphasised: ReadonlySet<string> | undefined;
  private u: uPlot | undefined;
  private shape = '';
  private theme: ChartTheme | undefined;
  private picture: Picture | undefined;
  private xLabels: Tick[] = [];
  private yLabels: Tick[] = [];

  /**
   * @param host element that the canvas is put into
   * @param made called with the element over the plotting area whenever there is a new one
   */
  constructor(
    private readonly host: HTMLElement,
    private readonly made: (over: HTMLElement) => void,
  ) {}

  /** The plotting area within the canvas, in CSS pixels. */
  get box(): Box | undefined {
    if (!this.u) return undefined;
    const { left, top, width, height } = this.u.bbox;
    const ratio = uPlot.pxRatio;
    return { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio };
  }

  /** Draws a picture, as large as the host is. */
  draw(picture: Picture): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    this.picture = picture;
    const { x, y } = picture;
    // What uPlot cannot change in a chart that exists.
    const theme = chartTheme.value;
    const shape = [x.log, y.log, picture.lines.length].join();
    if (!this.u || shape !== this.shape || theme !== this.theme) {
      this.destroy();
      this.shape = shape;
      this.theme = theme;
      this.u = this.make(picture, width, height);
      this.made(this.u.over);
    }
    const { u } = this;
    if (u.width !== width || u.height !== height) u.setSize({ width, height });
    u.batch(() => {
      u.setScale('x', { min: x.min, max: x.max });
      u.setScale('y', { min: y.min, max: y.max });
    });
  }

  /** Takes the canvas away. */
  destroy(): void {
    this.u?.destroy();
    this.u = undefined;
  }

  private make(picture: Picture, width: number, height: number): uPlot {
    const theme = chartTheme.value;
    const lines = picture.lines.map((_, i) => i);
    const nothing = [null, null];
    return new uPlot(
      {
        width,
        height,
        pxAlign: 0,
        padding: [TOP, RIGHT, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        scales: {
          x: { time: false, distr: picture.x.log ? 3 : 1, range: (_u, min, max) => [min, max] },
          y: { distr: picture.y.log ? 3 : 1, auto: false, range: (_u, min, max) => [min, max] },
        },
        axes: this.axes(theme),
        series: [
          {},
          ...lines.map((i) => this.ghost(i, picture, theme)),
          // The first one last: it lies on top.
          ...lines.toReversed().map((i) => this.main(i, theme)),
        ],
        hooks: {
          drawClear: [(u) => this.drawBand(u)],
          draw: [(u) => this.drawBandLabel(u)],
        },
      },
      // The lines bring their own points; uPlot wants rows to begin at all.
      [[0, 1], ...lines.map(() => nothing), ...lines.map(() => nothing)] as uPlot.AlignedData,
      this.host,
    );
  }

  private axes(theme: ChartTheme): uPlot.Axis[] {
    const style: uPlot.Axis = {
      font: `${FONT_SIZE}px ${theme.fontFamily}`,
      stroke: theme.muted,
      grid: { stroke: theme.grid, width: 1 },
      ticks: { show: false },
      border: { show: true, stroke: theme.frame, width: 1 },
      gap: 6,
    };
    return [
      {
        ...style,
        grid: { show: false },
        ticks: { show: true, stroke: theme.frame, size: 4, width: 1 },
        gap: 3,
        size: AXIS_HEIGHT,
        splits: (u, _axis, min, max) => {
          const most = mostTicks(u.width - AXIS_WIDTH, 64);
          const log = this.picture?.x.log ?? false;
          this.xLabels = xTicks({ min, max, log }, view.preferences.peek().xAxis, most);
          return this.xLabels.map(({ value }) => value);
        },
        filter: (_u, splits) => splits,
        values: () => this.xLabels.map(({ label }) => label),
      },
      {
        ...style,
        size: (_u, labels) => {
          const longest = Math.max(
            0,
            ...((labels as string[] | null) ?? []).map((label) => label.length),
          );
          return Math.max(AXIS_WIDTH, Math.ceil(longest * LETTER) + 12);
        },
        splits: (u, _axis, min, max) => {
          const most = mostTicks(u.height - AXIS_HEIGHT, 28);
          this.yLabels = numberTicks({ min, max, log: this.picture?.y.log ?? false }, most);
          return this.yLabels.map(({ value }) => value);
        },
        filter: (_u, splits) => splits,
        values: () => this.yLabels.map(({ label }) => label),
      },
    ];
  }

  private ghost(i: number, picture: Picture, theme: ChartTheme): uPlot.Series {
    return {
      ...this.style(i),
      alpha: ghostAlpha(theme, picture.lines.length),
      width: theme.highContrast ? 1.5 : 1,
      paths: (u) => {
        const { line } = this.at(i);
        return line?.ghost ? strokeOf(u, this.trace(u, line, line.ghost)) : null;
      },
      points: { show: false },
    };
  }

  private main(i: number, theme: ChartTheme): uPlot.Series {
    let polyline: Polyline | undefined;
    return {
      ...this.style(i),
      width: lineWidth(theme),
      paths: (u) => {
        const { line } = this.at(i);
        polyline = line && this.trace(u, line, line.main);
        const paths = strokeOf(u, polyline, line?.line.dash);
        if (paths && polyline && isDense(u, polyline)) paths._stroke = this.seeThrough(i);
        return paths;
      },
      points: {
        show: () => polyline !== undefined,
        width: 0,
        fill: () => this.colour(i),
        paths: () => {
          const { line, picture } = this.at(i);
          return line && polyline && picture ? { fill: shapesOf(line, polyline), flags: 0 } : null;
        },
      },
    };
  }

  private style(i: number): uPlot.Series {
    return { stroke: () => this.colour(i), pxAlign: 0, spanGaps: true };
  }

  private at(i: number): { picture: Picture | undefined; line: PictureLine | undefined } {
    return { picture: this.picture, line: this.picture?.lines[i] };
  }

  private colour(i: number): string {
    const { picture, line } = this.at(i);
    if (!picture || !line) return 'transparent';
    const { emphasised } = this;
    const back = emphasised !== undefined && !emphasised.has(line.line.key);
    return back ? chartTheme.value.frame : colourOf(line.line, picture.spec);
  }

  /** Of a line that is noise: what lies behind it is seen through it, unless it stands out. */
  private seeThrough(i: number): string {
    const colour = this.colour(i);
    const alone = (this.picture?.lines.length ?? 0) < 2 || this.emphasised !== undefined;
    const parsed = alone ? undefined : parseColour(colour);
    return parsed ? cssColour({ ...parsed, a: NOISE_ALPHA }) : colour;
  }

  private trace(u: uPlot, line: PictureLine, curve: Curve): Polyline | undefined {
    return this.picture && polylineOf(this.picture, line, curve, u.bbox);
  }

  private drawBand(u: uPlot): void {
    const { picture } = this;
    const band = picture?.spec.band;
    if (!picture || !band) return;
    const { ctx, bbox } = u;
    const theme = chartTheme.value;
    const top = u.valToPos(band.max, 'y', true);
    const bottom = u.valToPos(band.min, 'y', true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = theme.band;
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
    ctx.restore();
  }

  /** Over the curves, with an edge that keeps them off its letters. */
  private drawBandLabel(u: uPlot): void {
    const band = this.picture?.spec.band;
    if (!band) return;
    const { ctx, bbox } = u;
    const theme = chartTheme.value;
    const [size, room] = [FONT_SIZE * uPlot.pxRatio, 4 * uPlot.pxRatio];
    const [x, y] = [bbox.left + bbox.width - room, u.valToPos(band.max, 'y', true) - room / 2];
    if (y - size < bbox.top || y > bbox.top + bbox.height) return;
    ctx.save();
    ctx.font = `${size}px ${theme.fontFamily}`;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.lineJoin = 'round';
    ctx.lineWidth = room;
    ctx.strokeStyle = theme.background;
    ctx.strokeText(band.label, x, y);
    ctx.fillStyle = theme.muted;
    ctx.fillText(band.label, x, y);
    ctx.restore();
  }
}

/** Dots of single values and marks of a run, in the pixels of the canvas. */
function shapesOf({ line, sparse }: PictureLine, polyline: Polyline): Path2D {
  const ratio = uPlot.pxRatio;
  const path = new Path2D();
  for (const { points, radius } of placesOfShapes(line, sparse, polyline, ratio)) {
    for (const { x, y } of points) {
      path.addPath(new Path2D(markPath(line.mark ?? 'circle', x, y, radius)));
    }
  }
  return path;
}

function strokeOf(
  u: uPlot,
  polyline: Polyline | undefined,
  dash: readonly number[] = [],
): uPlot.Series.Paths | null {
  if (!polyline) return null;
  const ratio = uPlot.pxRatio;
  const stroke = new Path2D();
  if (dash.length === 0) polyline.draw(stroke);
  else {
    polyline.drawDashed(
      stroke,
      dash.map((length) => length * ratio),
    );
  }
  // uPlot reads the width by this name, whatever its types say.
  return { stroke, flags: 0, ...(isDense(u, polyline) && { _width: 1 / ratio }) };
}

/**
 * Whether a line goes up and down so much more than it is long that it covers its whole band
 * anyway: one pixel wide, it then takes a fiftieth of the time.
 */
function isDense(u: uPlot, polyline: Polyline): boolean {
  return polyline.travel > DENSE * u.bbox.width * uPlot.pxRatio;
}
