import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import type { KernelsAnswer } from '../../../src/shared/inspectionQuestions';
import { fileName } from '../../figures/fileName';
import { formatReading } from '../../figures/format';
import { Checkbox } from '../../ui/checkbox';
import { formatCount } from '../../ui/format';
import { IconButton } from '../../ui/iconButton';
import { send } from '../connection';
import { prefer, view, type KernelsView } from '../viewState';
import {
  drawKernels,
  GAP,
  gridSize,
  kernelGrid,
  normOf,
  rangeOf,
  type KernelGrid,
} from './kernelGrid';
import { enlargedPng } from './enlargedPng';

const ZOOMS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** In CSS pixels. */
const USUAL_WIDTH = 520;

export interface KernelPictureProps {
  readonly layer: LayerListing;
  readonly answer: KernelsAnswer;
}

/** The kernels of a convolution with crisp pixels; pointer and arrow keys tell which is which. */
export function KernelPicture({ layer, answer }: KernelPictureProps): JSX.Element {
  const { zoom: chosenZoom, each } = view.preferences.value.kernels;
  const grid = useMemo(() => kernelGrid(answer, layer.geometry.kind), [answer, layer]);
  const image = useMemo(() => drawKernels(grid, each), [grid, each]);
  const [tile, setTile] = useState<number>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = gridSize(grid);
  const zoom = chosenZoom ?? usualZoom(width);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [image]);
  const change = (next: Partial<KernelsView>): void => {
    prefer({ kernels: { ...view.preferences.peek().kernels, ...next } });
  };
  const turn = (by: number): void => {
    const at = ZOOMS.findIndex((one) => one >= zoom) + by;
    change({ zoom: ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at))] });
  };
  const press = (event: KeyboardEvent): void => {
    const next = tileForKey(event.key, tile, grid);
    if (next === undefined) return;
    event.preventDefault();
    setTile(next);
  };
  return (
    <section class="kernels" aria-label={t('Kernels')}>
      <div class="figure-choices">
        <Checkbox
          label={t('Each kernel on its own scale')}
          checked={each}
          onChange={(next) => change({ each: next })}
        />
        <span class="kernel-zoom">
          <IconButton
            icon="zoom-out"
            label={t('Smaller')}
            disabled={zoom <= ZOOMS[0]}
            onClick={() => turn(-1)}
          />
          <IconButton
            icon="zoom-in"
            label={t('Larger')}
            disabled={zoom >= ZOOMS[ZOOMS.length - 1]}
            onClick={() => turn(1)}
          />
          <IconButton
            icon="save"
            label={t('Save Picture')}
            onClick={() => void savePicture(layer, image, zoom)}
          />
        </span>
        <span role="status" class="kernel-reading">
          {tile === undefined ? <span class="dim">{hintOf(grid)}</span> : readingOf(grid, tile)}
        </span>
      </div>
      <div class="kernel-scroll">
        <div
          class="kernel-box"
          tabIndex={0}
          role="img"
          aria-label={labelOf(layer, grid)}
          style={{ width: `${width * zoom}px`, height: `${height * zoom}px` }}
          onKeyDown={press}
          onPointerMove={({ currentTarget, clientX, clientY }) => {
            const box = currentTarget.getBoundingClientRect();
            setTile(tileAt(grid, (clientX - box.left) / zoom, (clientY - box.top) / zoom));
          }}
          onPointerLeave={() => setTile(undefined)}
          onBlur={() => setTile(undefined)}
        >
          <canvas ref={canvas} class="kernel-canvas" width={width} height={height} />
          {tile !== undefined && <TileFrame grid={grid} tile={tile} zoom={zoom} />}
        </div>
      </div>
    </section>
  );
}

/** Small pictures are enlarged until they are about as wide as a hand on the screen. */
function usualZoom(width: number): number {
  return ZOOMS.findLast((zoom) => zoom <= 16 && (zoom <= 3 || zoom * width <= USUAL_WIDTH)) ?? 3;
}

function TileFrame(props: { grid: KernelGrid; tile: number; zoom: number }): JSX.Element {
  const { grid, tile, zoom } = props;
  const { columns, kernelHeight, kernelWidth } = grid;
  const left = (tile % columns) * (kernelWidth + GAP) * zoom;
  const top = Math.floor(tile / columns) * (kernelHeight + GAP) * zoom;
  return (
    <div
      class="kernel-frame"
      style={{
        left: `${left}px`,
        top: `${top}px`,
        width: `${kernelWidth * zoom}px`,
        height: `${kernelHeight * zoom}px`,
      }}
    />
  );
}

function tileAt(grid: KernelGrid, x: number, y: number): number | undefined {
  const column = Math.floor(x / (grid.kernelWidth + GAP));
  const row = Math.floor(y / (grid.kernelHeight + GAP));
  const tile = row * grid.columns + column;
  const inside = column >= 0 && row >= 0 && column < grid.columns && tile < grid.tiles;
  return inside ? tile : undefined;
}

function tileForKey(
  key: string,
  tile: number | undefined,
  { columns, tiles }: KernelGrid,
): number | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return tiles - 1;
  if (step === undefined) return undefined;
  if (tile === undefined) return 0;
  const next = tile + step;
  return next >= 0 && next < tiles ? next : tile;
}

function hintOf({ wrapped, rows, columns, allRows, allColumns }: KernelGrid): string {
  if (wrapped) return t('Red, green and blue are its three channels.');
  if (rows < allRows || columns < allColumns) {
    return t(
      'The first {0} of {1} outputs and {2} of {3} inputs.',
      ...[rows, allRows, columns, allColumns].map(formatCount),
    );
  }
  return t('A row for each output, a column for each input.');
}

function labelOf(layer: LayerListing, { tiles }: KernelGrid): string {
  return t(
    'The {0} kernels of {1}; the arrow keys go from one to the next',
    formatCount(tiles),
    layer.name,
  );
}

/** Which kernel it is, and what there is to say of it; indices count from 0, as in the array. */
function readingOf(grid: KernelGrid, tile: number): string {
  const [output, input] = [grid.outputOf(tile), grid.inputOf(tile)];
  const { min, max } = rangeOf(grid, tile);
  const norm = formatReading(normOf(grid, tile));
  const range = [min, max].map((value) => formatReading(value, 3));
  if (output !== undefined && input !== undefined) {
    return t('Output {0} (norm {1}), input {2}: {3} to {4}', output, norm, input, ...range);
  }
  return output === undefined
    ? t('Input {0}: norm {1}, {2} to {3}', input ?? 0, norm, ...range)
    : t('Output {0}: norm {1}, {2} to {3}', output, norm, ...range);
}

async function savePicture(layer: LayerListing, image: ImageData, zoom: number): Promise<void> {
  const contents = await enlargedPng(image, Math.max(zoom, 4));
  if (contents) send({ type: 'save', name: fileName([layer.name, t('kernels')], 'png'), contents });
}
