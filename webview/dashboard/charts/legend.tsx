import { untracked, useComputed, type ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatReading } from '../../figures/format';
import '../../figures/legend.css';
import { runs } from '../runs';
import { view } from '../viewState';
import { markedStep } from './cursor';
import type { ChartSpec, ChartTag } from './groups';
import { isolateRun, isolateTag, isTagHidden, toggleRun, toggleTag } from './hidden';
import { colourOf, type Line } from './lines';
import { lineDash } from '../../figures/palette';
import { readingOf } from './readings';
import { Swatch } from '../../figures/swatch';
import { chartTheme } from '../../figures/theme';
import { RunSwatch } from './runSwatch';

/** So many entries stand in a row; more stand in columns. */
const FEW = 2;

export interface LegendProps {
  readonly spec: ChartSpec;
  readonly lines: readonly Line[];
  /** Grows with every drawing of the chart; values are read then. */
  readonly drawings: ReadonlySignal<number>;
  /** Lines that the pointer or the focus is on; undefined: none. */
  readonly onEmphasis: (lines: readonly Line[] | undefined) => void;
}

/** Names and values of the lines, each a button that switches it. */
export function Legend(props: LegendProps): JSX.Element {
  return runs.value.length > 1 ? <RunLegend {...props} /> : <TagLegend {...props} />;
}

function TagLegend({ spec, lines, drawings, onEmphasis }: LegendProps): JSX.Element {
  return (
    <ul class={lines.length <= FEW ? 'legend legend-few' : 'legend'}>
      {lines.map((line) => (
        <li key={line.key}>
          <Toggle
            on={!isTagHidden(spec, line.tag.tag)}
            onToggle={() => toggleTag(spec, line.tag.tag)}
            onIsolate={() => isolateTag(spec, line.tag.tag)}
            onEmphasis={(on) => onEmphasis(on ? [line] : undefined)}
          >
            <Swatch colour={colourOf(line, spec)} dash={line.dash} />
            <Name text={line.tag.label} />
            <Value line={line} spec={spec} drawings={drawings} />
          </Toggle>
        </li>
      ))}
    </ul>
  );
}

/** Runs down, tags across: every value of a comparison has its place. */
function RunLegend({ spec, lines, drawings, onEmphasis }: LegendProps): JSX.Element {
  const keys = runs.value.map(({ key }) => key);
  const linesOfTag = (tag: ChartTag): Line[] => lines.filter((line) => line.tag === tag);
  return (
    <div class="legend-scroll">
      <table class="legend-table">
        {spec.tags.length > 1 && (
          <thead>
            <tr>
              <td />
              {spec.tags.map((tag, i) => (
                <th key={tag.tag} scope="col">
                  <Toggle
                    on={!isTagHidden(spec, tag.tag)}
                    onToggle={() => toggleTag(spec, tag.tag)}
                    onIsolate={() => isolateTag(spec, tag.tag)}
                    onEmphasis={(on) => onEmphasis(on ? linesOfTag(tag) : undefined)}
                  >
                    <Swatch colour={chartTheme.value.foreground} dash={lineDash(i)} />
                    <Name text={tag.label} />
                  </Toggle>
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {runs.value.map((run, index) => (
            <tr key={run.key}>
              <th scope="row">
                <Toggle
                  on={!view.hiddenRuns.value.includes(run.key)}
                  onToggle={() => toggleRun(run.key)}
                  onIsolate={() => isolateRun(run.key, keys)}
                  onEmphasis={(on) =>
                    onEmphasis(on ? lines.filter((line) => line.run === run) : undefined)
                  }
                >
                  <RunSwatch index={index} />
                  <Name text={run.view.value.name} />
                </Toggle>
              </th>
              {lines
                .filter((line) => line.run === run)
                .map((line) => (
                  <td key={line.key}>
                    <Value line={line} spec={spec} drawings={drawings} />
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ToggleProps {
  readonly on: boolean;
  readonly onToggle: () => void;
  /** Alt and click, or the menu key or button: only this one. */
  readonly onIsolate: () => void;
  readonly onEmphasis: (on: boolean) => void;
  readonly children: JSX.Element[];
}

function Toggle({ on, onToggle, onIsolate, onEmphasis, children }: ToggleProps): JSX.Element {
  const isolate = (): void => {
    onIsolate();
    onEmphasis(true);
  };
  return (
    <button
      type="button"
      class="legend-entry"
      aria-pressed={on}
      onClick={({ altKey }) => {
        if (altKey) return isolate();
        onToggle();
        // What is switched off cannot stand out.
        onEmphasis(!on);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        isolate();
      }}
      onPointerEnter={() => onEmphasis(on)}
      onPointerLeave={() => onEmphasis(false)}
      onFocus={({ currentTarget }) => onEmphasis(on && currentTarget.matches(':focus-visible'))}
      onBlur={() => onEmphasis(false)}
    >
      {children}
    </button>
  );
}

function Name({ text }: { text: string }): JSX.Element {
  return (
    <span class="legend-name" title={text}>
      {text}
    </span>
  );
}

interface ValueProps {
  readonly line: Line;
  readonly spec: ChartSpec;
  readonly drawings: ReadonlySignal<number>;
}

/** Signals go straight into the text, so that moving the cursor renders no component anew. */
function Value({ line, spec, drawings }: ValueProps): JSX.Element {
  const reading = useComputed(() => {
    if (drawings.value === 0) return undefined;
    return untracked(() => readingOf(line, spec, markedStep.value));
  });
  const shown = useComputed(() => formatReading(reading.value?.shown));
  const raw = useComputed(() => {
    const value = reading.value?.raw;
    return value === undefined ? '' : `(${formatReading(value, 3)})`;
  });
  return (
    <span class="legend-values">
      <span class="legend-value">{shown}</span>
      <span class="legend-raw" title={t('as logged, not smoothed')}>
        {raw}
      </span>
    </span>
  );
}
