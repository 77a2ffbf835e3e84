import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/iconButton';
import { formatCount } from '../../ui/format';
import { runs } from '../runs';
import { gridAddress, gridFile } from './addresses';
import { cellPart } from './cellPart';
import { gridOfPicture } from './gridOfPicture';
import { MissingPicture } from './missingPicture';
import { PictureCanvas } from './pictureCanvas';
import { saveCell } from './saveCell';
import { usePicture } from './usePicture';
import { useShownSize } from './useShownSize';

const LEAST_SCALE = 8;
const LARGEST_SIDE = 512;

export interface CellFigureProps {
  readonly run: RunView;
  readonly step: number;
  readonly cell: number;
  /** Width that it may take, in CSS pixels. */
  readonly room: number;
}

/** One image of a grid at eight times its size or more, if there is room. */
export function CellFigure({ run, step, cell, room }: CellFigureProps): JSX.Element {
  const picture = usePicture(gridAddress(run, step));
  const size = useShownSize(picture.shown);
  const layout = size && gridOfPicture(size, run.config);
  const part = layout && cell < layout.count ? cellPart(layout, cell) : undefined;
  const several = runs.value.length > 1;
  return (
    <figure class="samples-figure">
      <figcaption class="samples-caption">
        <span>
          {several
            ? t('{0}, step {1}', run.name, formatCount(step))
            : t('Step {0}', formatCount(step))}
        </span>
        {picture.late && <Icon name="loading" spin />}
        {layout && part && (
          <IconButton
            icon="save"
            label={t('Save this image…')}
            onClick={() => void saveCell(run, step, cell, layout)}
          />
        )}
      </figcaption>
      {picture.failed ? (
        <MissingPicture file={gridFile(step)} retry={picture.retry} />
      ) : !layout || picture.shown === undefined ? null : part ? (
        <PictureCanvas
          address={picture.shown}
          part={part}
          scale={cellScale(part.width, room)}
          class="samples-cell-canvas"
          label={t('Sample {0} of {1} at step {2}', cell + 1, run.name, formatCount(step))}
        />
      ) : (
        <p class="samples-note">{t('This grid has no sample {0}.', formatCount(cell + 1))}</p>
      )}
    </figure>
  );
}

function cellScale(side: number, room: number): number {
  const whole = Math.floor(Math.min(room, LARGEST_SIDE) / side);
  return whole >= LEAST_SCALE ? whole : Math.min(LEAST_SCALE, room / side);
}
