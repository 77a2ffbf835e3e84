import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RunView } from '../../../src/shared/dashboard';
import { IconButton } from '../../ui/iconButton';
import { announce } from '../../ui/announce';
import { formatCount } from '../../ui/format';
import { view } from '../viewState';
import { gridBeside } from './beside';
import { cellForKey } from './cellKeys';
import { CellFigure } from './cellFigure';
import { closeEnlarged, takesFocus } from './enlarging';
import { FilmStrip } from './filmStrip';
import { LatentsNote } from './latentsNote';
import { changeSamples } from './shownGrid';
import { useBoxWidth } from '../../ui/useBoxWidth';

export interface EnlargedCellProps {
  readonly run: RunView;
  readonly step: number;
  readonly cell: number;
}

/** One image of the grid, large, and how it came to be over the training. */
export function EnlargedCell({ run, step, cell: asked }: EnlargedCellProps): JSX.Element {
  const count = run.config?.samples.count ?? 1;
  const cell = Math.min(asked, count - 1);
  const root = useRef<HTMLDivElement>(null);
  const [room, width] = useBoxWidth();
  const { beside } = view.samples.value;
  const second = beside ? gridBeside(beside, step) : undefined;
  const both = second?.step !== undefined;
  const roomEach = both ? (width - 12) / 2 : width;
  useLayoutEffect(() => {
    if (takesFocus('cell')) root.current?.focus();
  }, []);
  const go = (next: number): void => {
    changeSamples({ cell: next });
    announce(t('Sample {0} of {1}', formatCount(next + 1), formatCount(count)));
  };
  return (
    <div
      ref={root}
      class="samples-enlarged"
      role="group"
      tabIndex={-1}
      aria-label={t('Sample {0} of {1}, enlarged', formatCount(cell + 1), formatCount(count))}
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        const columns = Math.ceil(Math.sqrt(count));
        const next = cellForKey(event, cell, { columns, count });
        if (event.key === 'Escape') closeEnlarged(cell);
        else if (next !== undefined) go(next);
        else return;
        event.preventDefault();
      }}
    >
      <div class="samples-enlarged-line">
        <IconButton
          icon="arrow-left"
          label={t('Back to the grid')}
          onClick={() => closeEnlarged(cell)}
        />
        <span class="samples-enlarged-name">
          {t('Sample {0} of {1}', formatCount(cell + 1), formatCount(count))}
        </span>
        <IconButton
          icon="chevron-left"
          label={t('Previous sample')}
          disabled={cell <= 0}
          onClick={() => go(cell - 1)}
        />
        <IconButton
          icon="chevron-right"
          label={t('Next sample')}
          disabled={cell >= count - 1}
          onClick={() => go(cell + 1)}
        />
      </div>
      <div class="samples-enlarged-cells" ref={room}>
        {width > 0 && <CellFigure run={run} step={step} cell={cell} room={roomEach} />}
        {width > 0 && both && (
          <CellFigure run={second.run} step={second.step ?? 0} cell={cell} room={roomEach} />
        )}
      </div>
      {second && <LatentsNote main={run} other={second.run} />}
      <FilmStrip run={run} step={step} cell={cell} />
    </div>
  );
}
