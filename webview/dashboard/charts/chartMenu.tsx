import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { IconButton } from '../../ui/iconButton';
import { Menu, type MenuItem } from '../../ui/menu';
import { runs } from '../runs';
import { changeChart, prefer, view } from '../viewState';
import { zoomY } from './domain';
import { exportPng, exportSvg, exportValues, type ShownSize } from './figure/exportChart';
import type { ChartSpec } from './groups';
import { chartViewOf, isLogY, type Picture } from './picture';
import { fullTitle } from './summary';

export interface ChartMenuProps {
  readonly spec: ChartSpec;
  /** Whether the table of values is open. */
  readonly table: boolean;
  readonly onTable: () => void;
  readonly onEarlier: (() => void) | undefined;
  readonly onLater: (() => void) | undefined;
  /** What is on the page now; undefined where the chart is folded or has no rows. */
  readonly shown: () => { picture: Picture; size: ShownSize } | undefined;
}

/** Everything that can be done with a chart. */
export function ChartMenu(props: ChartMenuProps): JSX.Element {
  const { spec } = props;
  const { pinned = false } = chartViewOf(spec.name);
  // Twenty menus that nobody opens would be most of the page.
  const [near, setNear] = useState(false);
  const approach = (): void => setNear(true);
  return (
    <div class="chart-actions" onPointerEnter={approach} onFocusIn={approach}>
      <IconButton
        icon={pinned ? 'pinned' : 'pin'}
        label={pinned ? t('Unpin') : t('Pin to the Top')}
        pressed={pinned}
        onClick={() => changeChart(spec.name, { pinned: !pinned })}
      />
      <Menu
        icon="ellipsis"
        label={t('Actions for {0}', fullTitle(spec))}
        items={near ? items(props) : []}
      />
    </div>
  );
}

function items(props: ChartMenuProps): MenuItem[] {
  return [
    ...viewItems(props),
    'separator',
    ...moveItems(props),
    'separator',
    ...exportItems(props),
  ];
}

function viewItems({ spec, table, onTable }: ChartMenuProps): MenuItem[] {
  const { wide = false, folded = false } = chartViewOf(spec.name);
  const logY = isLogY(spec);
  return [
    {
      label: t('Logarithmic y Axis'),
      checked: logY,
      choose: () => {
        // A range that was chosen on one axis may not exist on the other.
        zoomY(spec.name, undefined);
        changeChart(spec.name, { logY: !logY });
      },
    },
    {
      label: t('Full Width'),
      checked: wide,
      choose: () => changeChart(spec.name, { wide: !wide }),
    },
    { label: t('Table of Values'), checked: table, disabled: folded, choose: onTable },
  ];
}

function moveItems({ onEarlier, onLater }: ChartMenuProps): MenuItem[] {
  const nothing = (): void => undefined;
  return [
    {
      label: t('Move Earlier'),
      icon: 'arrow-up',
      disabled: !onEarlier,
      choose: onEarlier ?? nothing,
    },
    { label: t('Move Later'), icon: 'arrow-down', disabled: !onLater, choose: onLater ?? nothing },
  ];
}

function exportItems({ spec, shown }: ChartMenuProps): MenuItem[] {
  const { whiteFigures } = view.preferences.value;
  const { folded = false } = chartViewOf(spec.name);
  const figure = (save: (picture: Picture, size: ShownSize) => void) => (): void => {
    const now = shown();
    if (now) save(now.picture, now.size);
  };
  const pictures: MenuItem[] = [
    { label: t('Save Picture'), detail: 'PNG', choose: figure((p, s) => void exportPng(p, s)) },
    {
      label: t('Save Vector Graphic'),
      detail: 'SVG',
      choose: figure((p, s) => exportSvg(p, s, false)),
    },
    {
      label: t('Save Vector Graphic with Every Point'),
      detail: 'SVG',
      choose: figure((p, s) => exportSvg(p, s, true)),
    },
  ].map((item) => ({ ...item, disabled: folded }));
  return [
    ...pictures,
    {
      label: t('Pictures on White'),
      checked: whiteFigures,
      choose: () => prefer({ whiteFigures: !whiteFigures }),
    },
    'separator',
    ...runs.value.flatMap((run): MenuItem[] => {
      const label =
        runs.value.length > 1 ? t('Save Values of {0}', run.view.value.name) : t('Save Values');
      return [
        { label, detail: 'CSV', choose: () => exportValues(run, spec, 'csv') },
        { label, detail: 'JSON', choose: () => exportValues(run, spec, 'json') },
      ];
    }),
  ];
}
