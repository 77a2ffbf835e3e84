import type { ChartTheme } from './theme';

/** How many labels fit along an axis. */
export function mostTicks(length: number, labelLength: number): number {
  return Math.max(2, Math.floor(length / labelLength));
}

/** Width of a line in pixels. */
export function lineWidth({ highContrast }: ChartTheme): number {
  return highContrast ? 2.5 : 1.5;
}
