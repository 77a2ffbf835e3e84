import { t } from '@vscode/l10n';
import type { ComponentChildren, CSSProperties, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { cellAt, cellCorner, type GridLayout } from '../../../src/shared/gridLayout';
import { formatCount } from '../../ui/format';
import { cellForKey } from './cellKeys';
import { enlarge, takesFocus } from './enlarging';
import { markedCell } from './markedCell';
import { zoomByKey } from './zoomKeys';

export interface CellGridProps {
  readonly layout: GridLayout;
  /** CSS pixels per pixel of the grid. */
  readonly scale: number;
  readonly label: string;
  /** The picture of the grid. */
  readonly children: ComponentChildren;
}

/**
 * The images of a grid as cells that pointer and keyboard reach. One of them is there for screen
 * readers, the marked one: a grid may hold a thousand.
 */
export function CellGrid({ layout, scale, label, children }: CellGridProps): JSX.Element {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (takesFocus('grid')) grid.current?.focus({ preventScroll: true });
  }, []);
  const { count, columns, rows } = layout;
  const marked = markedCell.value;
  const isMarked = marked !== null && marked < count;
  const cell = isMarked ? marked : 0;
  const cellUnder = ({ currentTarget, clientX, clientY }: MouseEvent): number | undefined => {
    const { left, top } = (currentTarget as Element).getBoundingClientRect();
    return cellAt(layout, (clientX - left) / scale, (clientY - top) / scale);
  };
  return (
    <div
      ref={grid}
      class="samples-grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      aria-activedescendant={id}
      style={{ width: `${layout.width * scale}px`, height: `${layout.height * scale}px` }}
      onPointerMove={(event) => {
        if (event.pointerType !== 'touch') markedCell.value = cellUnder(event) ?? null;
      }}
      onPointerLeave={() => (markedCell.value = null)}
      onFocus={({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) markedCell.value ??= 0;
      }}
      onBlur={() => (markedCell.value = null)}
      onClick={(event) => {
        const clicked = cellUnder(event);
        if (clicked !== undefined) enlarge(clicked);
      }}
      onKeyDown={(event) => {
        const next = cellForKey(event, cell, layout);
        if (next !== undefined) markedCell.value = isMarked ? next : cell;
        else if (event.key === 'Enter') enlarge(cell);
        else if (!zoomByKey(event)) return;
        event.preventDefault();
      }}
    >
      {children}
      <div role="row" aria-rowindex={Math.floor(cell / columns) + 1}>
        <div
          id={id}
          role="gridcell"
          aria-colindex={(cell % columns) + 1}
          aria-label={t('Sample {0} of {1}', formatCount(cell + 1), formatCount(count))}
          class={`samples-cell${isMarked ? ' marked' : ''}`}
          style={cellStyle(layout, cell, scale)}
        />
      </div>
    </div>
  );
}

function cellStyle(layout: GridLayout, cell: number, scale: number): CSSProperties {
  const { left, top } = cellCorner(layout, cell);
  return {
    left: `${left * scale}px`,
    top: `${top * scale}px`,
    width: `${layout.cellWidth * scale}px`,
    height: `${layout.cellHeight * scale}px`,
  };
}
