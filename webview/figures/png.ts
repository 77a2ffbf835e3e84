import type { Figure } from './figure';
import { paintFigure } from './paint';

/** Pixels of a PNG per pixel of the figure. */
const RATIO = 2;

/** Draws a figure as a PNG, two pixels for each of its own; undefined where there is no canvas. */
export async function figurePng(figure: Figure): Promise<Uint8Array | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(figure.width * RATIO);
  canvas.height = Math.round(figure.height * RATIO);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.scale(RATIO, RATIO);
  paintFigure(figure, context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}
