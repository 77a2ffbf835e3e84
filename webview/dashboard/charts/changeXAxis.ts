import { prefer, view, type XAxis } from '../viewState';
import { curvesOf } from './curves';
import { drawnRuns } from './domain';

/** Shows the same rows along another axis: what was zoomed into stays in sight. */
export function changeXAxis(axis: XAxis): void {
  const before = view.preferences.value.xAxis;
  if (axis === before) return;
  const zoom = view.zoom.value;
  const [lead] = drawnRuns.value;
  prefer({ xAxis: axis });
  if (!zoom) return;
  const curves = lead && curvesOf(lead.run.columns);
  const from = curves?.positions(before);
  const to = curves?.positions(axis);
  const [first, last] = [from?.nearest(zoom.min) ?? -1, from?.nearest(zoom.max) ?? -1];
  const kept = to && first >= 0 && to.at(first) < to.at(last);
  view.zoom.value = kept ? { min: to.at(first), max: to.at(last) } : null;
}
