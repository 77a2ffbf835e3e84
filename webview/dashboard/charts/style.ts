import type { Line } from './lines';
import type { Point, Polyline } from '../../figures/polyline';
import type { ChartTheme } from '../../figures/theme';

/** Between the marks of a run along its line, in CSS pixels. */
const MARK_DISTANCE = 110;
const MARK_RADIUS = 3.5;
/** Between dots that stand for single values; nearer together they would be a thick line. */
const DOT_DISTANCE = 7;
const DOT_RADIUS = 2.25;

/** Opacity of what is drawn behind lines: fainter where it is much. */
export function ghostAlpha({ highContrast }: ChartTheme, lines: number): number {
  const faint = lines > 2 ? 0.22 : 0.3;
  return highContrast ? faint + 0.2 : faint;
}

/**
 * Where shapes stand along a line, and how large: dots for values that have no line or are rare,
 * else the marks of a run among several.
 *
 * @param ratio pixels per CSS pixel
 */
export function placesOfShapes(
  line: Line,
  sparse: boolean,
  polyline: Polyline,
  ratio: number,
): { points: Point[]; radius: number }[] {
  const dots = sparse ? polyline.spacedPoints(DOT_DISTANCE * ratio) : polyline.lonely();
  const places = [{ points: dots, radius: (line.mark ? MARK_RADIUS : DOT_RADIUS) * ratio }];
  if (line.mark && dots.length === 0) {
    const distance = MARK_DISTANCE * ratio;
    // Runs that lie on one another show their marks in turn.
    const offset = (line.runIndex * distance) / 4 + (line.dash.length > 0 ? distance / 8 : 0);
    places.push({ points: polyline.marks(distance, offset), radius: MARK_RADIUS * ratio });
  }
  return places;
}
