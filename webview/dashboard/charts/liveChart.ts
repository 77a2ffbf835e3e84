import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Range } from '../../figures/scale';
import { announce } from '../../ui/announce';
import { runs } from '../runs';
import { view } from '../viewState';
import { markedStep, markedX } from './cursor';
import type { ChartSpec } from './groups';
import { drawnLines } from './hidden';
import { pressKey } from './keys';
import { linesOf, type Line } from './lines';
import { Overlay } from './overlay';
import { pictureOf, type Picture } from './picture';
import { Plot } from './plot';
import { followPointer } from './pointer';
import { drawNever, drawSoon, preferDrawing, type Drawn } from './schedule';
import { readOut, summaryOf } from './summary';
import { chartTheme } from '../../figures/theme';

/** How long the cursor rests before its values are read out. */
const REST_MS = 400;
const HINT_MS = 2000;

/**
 * A chart on the page: draws itself anew when something that it shows has changed, as long as it
 * is in sight, and answers pointer and keys. Apart from Preact, because it changes many times a
 * second.
 */
export class LiveChart implements Drawn {
  /** Values that the logarithmic axis cannot show. */
  readonly notPositive = signal(0);
  /** Whether to say how the wheel zooms. */
  readonly wheelHint = signal(false);
  private readonly plot: Plot;
  private overlay: Overlay | undefined;
  private picture: Picture | undefined;
  /** What was zoomed into when the chart was given its present name. */
  private namedFor: Range | null | undefined;
  private letGo = (): void => undefined;
  private readonly stops: (() => void)[] = [];
  private readTimer: ReturnType<typeof setTimeout> | undefined;
  private hintTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param host what the canvas goes into; it takes the focus
   * @param visible whether it is in sight
   * @param drawings grows with every drawing: values beside the curves are read with it, so that
   *   they never hold up the curves
   */
  constructor(
    private readonly host: HTMLElement,
    private readonly spec: ChartSpec,
    private readonly visible: ReadonlySignal<boolean>,
    private readonly drawings: Signal<number>,
  ) {
    this.plot = new Plot(host, (over) => this.takeOver(over));
    const size = new ResizeObserver(() => this.redraw());
    size.observe(host);
    this.stops.push(
      () => size.disconnect(),
      effect(() => {
        if (!visible.value) return drawNever(this);
        dependOnEverything();
        drawSoon(this, true);
      }),
      effect(() => {
        void [markedX.value, markedStep.value];
        if (visible.value) drawSoon(this, false);
      }),
    );
  }

  /** What is shown now; undefined before the first row. */
  get shown(): Picture | undefined {
    return this.picture;
  }

  /** Lets some lines stand out; undefined: none does. */
  emphasise(lines: readonly Line[] | undefined): void {
    this.plot.emphasised = lines && new Set(lines.map(({ key }) => key));
    this.redraw();
  }

  press(event: KeyboardEvent): void {
    if (!pressKey(event, this.spec.name)) return;
    preferDrawing(this);
    // The page has keys of its own for the cursor.
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => announce(readOut(this.spec, this.lines())), REST_MS);
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    clearTimeout(this.readTimer);
    clearTimeout(this.hintTimer);
    drawNever(this);
    this.letGo();
    this.plot.destroy();
  }

  draw(wholly: boolean): void {
    if (wholly) this.drawCurves();
    if (this.picture) this.overlay?.draw(this.picture, this.plot.emphasised);
    this.drawings.value++;
  }

  private redraw(): void {
    if (this.visible.peek()) drawSoon(this, true);
  }

  private drawCurves(): void {
    const lines = this.lines();
    const picture = pictureOf(this.spec, lines);
    if (!picture) return;
    this.picture = picture;
    this.plot.draw(picture);
    this.notPositive.value = picture.notPositive;
    // A name that changes with every row would be read again and again to whoever is there.
    const zoom = view.zoom.value;
    if (document.activeElement === this.host && zoom === this.namedFor) return;
    this.namedFor = zoom;
    this.host.setAttribute('aria-label', summaryOf(this.spec, lines));
  }

  private lines(): Line[] {
    return drawnLines(this.spec, linesOf(this.spec, runs.value));
  }

  private takeOver(over: HTMLElement): void {
    this.letGo();
    this.overlay = new Overlay(over);
    this.letGo = followPointer(over, {
      name: this.spec.name,
      picture: () => this.picture,
      taken: () => preferDrawing(this),
      wheelPassed: () => this.showHint(),
    });
  }

  private showHint(): void {
    this.wheelHint.value = true;
    clearTimeout(this.hintTimer);
    this.hintTimer = setTimeout(() => (this.wheelHint.value = false), HINT_MS);
  }
}

/** Reads every signal that a picture is made from, so that its effect runs when one changes. */
function dependOnEverything(): void {
  void [view.preferences.value, view.zoom.value, view.yZoom.value, view.hiddenRuns.value];
  void chartTheme.value;
  for (const run of runs.value) void run.revision.value;
}
