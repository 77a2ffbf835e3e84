import { booleanOr, fieldsOf, numberOr, oneOf, recordOf, stringsOr } from '../../kept/narrowing';
import {
  defaultGeneratedView,
  panels,
  type GeneratedView,
  type LayersView,
  type PanelName,
} from '../viewState';

/** What a page keeps of its view, as plain data. */
export interface KeptView {
  readonly panel: PanelName;
  readonly network: string | null;
  readonly layers: readonly string[];
  readonly step: number | null;
  readonly table: LayersView;
  readonly generated: GeneratedView;
  readonly open: Readonly<Record<string, boolean>>;
  readonly scroll: number;
}

/** A view as it was kept, whatever version of the page it is from. */
export function keptViewOf(kept: unknown): KeptView {
  const fields = fieldsOf(kept);
  return {
    panel: oneOf(fields.panel, panels, 'spectrum'),
    network: typeof fields.network === 'string' ? fields.network : null,
    layers: stringsOr(fields.layers, []),
    step: numberOr(fields.step, null, 0),
    table: tableOf(fields.table),
    generated: generatedOf(fields.generated),
    open: recordOf(fields.open, (open) => booleanOr(open, undefined)),
    scroll: numberOr(fields.scroll, 0, 0),
  };
}

function tableOf(kept: unknown): LayersView {
  const { sort, filter } = fieldsOf(kept);
  const { column, descending } = fieldsOf(sort);
  return {
    sort: typeof column === 'string' ? { column, descending: booleanOr(descending, false) } : null,
    filter: typeof filter === 'string' ? filter : '',
  };
}

function generatedOf(kept: unknown): GeneratedView {
  const fields = fieldsOf(kept);
  const defaults = defaultGeneratedView;
  const whole = (value: unknown, fallback: number, min: number, max: number): number =>
    Math.round(numberOr(value, fallback, min, max));
  return {
    paths: booleanOr(fields.paths, defaults.paths),
    seed: whole(fields.seed, defaults.seed, 0, 2 ** 32 - 1),
    count: whole(fields.count, defaults.count, 1, 100),
    toSeed: whole(fields.toSeed, defaults.toSeed, 0, 2 ** 32 - 1),
    rows: whole(fields.rows, defaults.rows, 1, 10),
    steps: whole(fields.steps, defaults.steps, 2, 16),
  };
}
