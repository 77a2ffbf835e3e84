import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon';
import { tooltip } from './tooltip';

export type SortDirection = 'none' | 'up' | 'down';

export interface SortHeaderProps {
  readonly direction: SortDirection;
  /** Whether the column holds numbers, which stand at its end. */
  readonly numeric?: boolean;
  /** What the column is, shown on hover and focus. */
  readonly hint?: string;
  readonly class?: string;
  /** -1 where arrow keys lead here instead of Tab. */
  readonly tabIndex?: number;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/** The head of a column by which a table can be sorted. */
export function SortHeader(props: SortHeaderProps): JSX.Element {
  const { direction, numeric, hint, tabIndex = 0, onClick, children } = props;
  const classes = [props.class, numeric ? 'number' : undefined].filter(Boolean).join(' ');
  return (
    <th
      scope="col"
      class={classes}
      aria-sort={({ none: 'none', up: 'ascending', down: 'descending' } as const)[direction]}
    >
      <button
        type="button"
        class="sort-button"
        tabIndex={tabIndex}
        onClick={onClick}
        {...tooltip(hint)}
      >
        {children}
        {direction !== 'none' && <Icon name={direction === 'up' ? 'arrow-up' : 'arrow-down'} />}
      </button>
    </th>
  );
}

/** What a click on a head makes of a sorting: upwards, downwards, not at all. */
export function nextSort(
  sort: { readonly column: string; readonly descending: boolean } | null,
  column: string,
): { readonly column: string; readonly descending: boolean } | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** How a column is sorted. */
export function directionOf(
  sort: { readonly column: string; readonly descending: boolean } | null,
  column: string,
): SortDirection {
  if (sort?.column !== column) return 'none';
  return sort.descending ? 'down' : 'up';
}
