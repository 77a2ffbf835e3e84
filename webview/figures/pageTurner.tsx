import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { formatCount } from '../ui/format';
import { IconButton } from '../ui/iconButton';
import './dataTable.css';

/** So many rows of a table are on one page. */
export const ROWS_OF_PAGE = 50;

export interface PageTurnerProps {
  /** From 0. */
  readonly page: number;
  /** Of the whole table. */
  readonly rows: number;
  readonly onTurn: (page: number) => void;
  /** Before what says which rows are shown. */
  readonly children?: ComponentChildren;
}

/** The bar above a table that is shown in pages. */
export function PageTurner({ page, rows, onTurn, children }: PageTurnerProps): JSX.Element {
  const from = page * ROWS_OF_PAGE;
  const to = Math.min(rows, from + ROWS_OF_PAGE);
  return (
    <div class="data-table-bar">
      {children}
      <span>{t('Rows {0} to {1} of {2}', ...[from + 1, to, rows].map(formatCount))}</span>
      <IconButton
        icon="chevron-left"
        label={t('Earlier Rows')}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      />
      <IconButton
        icon="chevron-right"
        label={t('Later Rows')}
        disabled={to >= rows}
        onClick={() => onTurn(page + 1)}
      />
    </div>
  );
}
