import { t } from '@vscode/l10n';
import type { RunView } from '../../../src/shared/dashboard';
import { cellCorner, type GridLayout } from '../../../src/shared/gridLayout';
import { stepStem } from '../../../src/shared/stepNames';
import { send } from '../connection';
import { problems } from '../runs';
import { gridAddress } from './addresses';
import { pictures } from './pictures';

/** As large as it is shown at least; a single image of 32 pixels is a stamp. */
const ENLARGEMENT = 8;

/** Asks where to save one image of a grid as a PNG, enlarged with crisp pixels. */
export async function saveCell(
  run: RunView,
  step: number,
  cell: number,
  layout: GridLayout,
): Promise<void> {
  const contents = await enlargedPng(gridAddress(run, step), cell, layout).catch(() => undefined);
  if (!contents) {
    const message = t(
      'This image cannot be saved by itself, because the editor does not let its pixels be read. Save the whole grid instead.',
    );
    problems.value = [...problems.value, message];
    return;
  }
  const name = `${run.name.replace(/[^\p{L}\p{N}._ -]+/gu, '-')}-${stepStem(step)}-sample-${cell + 1}.png`;
  send({ type: 'save', name, contents });
}

/** @returns the bytes of the file; undefined where the canvas may not be read */
async function enlargedPng(
  address: string,
  cell: number,
  layout: GridLayout,
): Promise<Uint8Array | undefined> {
  const { bitmap, readable } = await pictures.load(address);
  if (!readable) return undefined;
  const { cellWidth, cellHeight } = layout;
  const { left, top } = cellCorner(layout, cell);
  const canvas = document.createElement('canvas');
  canvas.width = cellWidth * ENLARGEMENT;
  canvas.height = cellHeight * ENLARGEMENT;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, left, top, cellWidth, cellHeight, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}
