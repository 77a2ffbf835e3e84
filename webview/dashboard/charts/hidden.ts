import { changeChart, view } from '../viewState';
import type { ChartSpec } from './groups';
import type { Line } from './lines';
import { chartViewOf } from './picture';

/** Whether a tag of a chart is switched off. */
export function isTagHidden(spec: ChartSpec, tag: string): boolean {
  return chartViewOf(spec.name).hidden?.includes(tag) ?? false;
}

/** The lines of a chart that are switched on. */
export function drawnLines(spec: ChartSpec, lines: readonly Line[]): Line[] {
  const hiddenRuns = view.hiddenRuns.value;
  return lines.filter(
    ({ run, tag }) => !hiddenRuns.includes(run.key) && !isTagHidden(spec, tag.tag),
  );
}

/** Switches one tag on or off. */
export function toggleTag(spec: ChartSpec, tag: string): void {
  hideTags(spec, toggled(chartViewOf(spec.name).hidden ?? [], tag));
}

/** Leaves one tag only; where it is alone already, all come back. */
export function isolateTag(spec: ChartSpec, tag: string): void {
  const others = spec.tags.map((one) => one.tag).filter((other) => other !== tag);
  const alone = !isTagHidden(spec, tag) && others.every((other) => isTagHidden(spec, other));
  hideTags(spec, alone ? [] : others);
}

/** Switches one run on or off, in all charts. */
export function toggleRun(key: string): void {
  view.hiddenRuns.value = toggled(view.hiddenRuns.value, key);
}

/** Leaves one run only; where it is alone already, all come back. */
export function isolateRun(key: string, keys: readonly string[]): void {
  const hidden = view.hiddenRuns.value;
  const others = keys.filter((other) => other !== key);
  const alone = !hidden.includes(key) && others.every((other) => hidden.includes(other));
  view.hiddenRuns.value = alone ? [] : others;
}

function hideTags(spec: ChartSpec, hidden: readonly string[]): void {
  changeChart(spec.name, { hidden });
}

function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
