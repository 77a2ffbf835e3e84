import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon';
import { tooltip } from '../../ui/tooltip';
import { changeChart } from '../viewState';
import { dragToReorder } from './dragToReorder';
import type { ChartSpec } from './groups';
import { isLogY } from './picture';

export interface ChartTitleProps {
  readonly spec: ChartSpec;
  /** Whether it stands apart from its group, and says whose it is. */
  readonly apart: boolean;
  readonly folded: boolean;
  readonly onMove: (before: string | undefined) => void;
}

/** Names a chart; a click folds it, a drag moves it. */
export function ChartTitle({ spec, apart, folded, onMove }: ChartTitleProps): JSX.Element {
  const { title, group, formula, unit, about } = spec;
  const dragged = useRef(false);
  const facts = [unit, isLogY(spec) && t('logarithmic')].filter(Boolean).join(', ');
  return (
    <h3 class="chart-title">
      <button
        type="button"
        aria-expanded={!folded}
        {...tooltip(about)}
        onPointerDown={(event) => {
          dragged.current = false;
          dragToReorder(event, (before) => {
            dragged.current = true;
            onMove(before);
          });
        }}
        onClick={() => {
          if (!dragged.current) changeChart(spec.name, { folded: !folded });
        }}
      >
        <Icon name={folded ? 'chevron-right' : 'chevron-down'} />
        <span class="chart-name">
          {apart && group !== undefined && <span class="chart-group">{group}: </span>}
          {title}
        </span>
        {formula && <Formula formula={formula} />}
        {facts && <span class="chart-facts">{facts}</span>}
      </button>
    </h3>
  );
}

function Formula({ formula }: { formula: string }): JSX.Element {
  const [base, subscript] = formula.split('_');
  return (
    <span class="chart-formula">
      {base}
      {subscript && <sub>{subscript}</sub>}
    </span>
  );
}
