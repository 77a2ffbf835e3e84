import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Menu, type MenuItem } from '../ui/menu';
import { exportFigure, type ComposeForPaper, type ExportFormat, type Exporting } from './exporting';
import './figures.css';
import type { ValueTable } from './valueTable';
import { ValueTableView } from './valueTableView';

export interface FigureCardProps {
  readonly title: string;
  /** What the names of saved files begin with. */
  readonly words: readonly string[];
  readonly exporting: Exporting;
  readonly compose: ComposeForPaper;
  readonly table: () => ValueTable;
  /** What else can be done with the figure. */
  readonly items?: readonly MenuItem[];
  readonly children: ComponentChildren;
}

/** A figure with its title, a menu that saves it, and its values as a table on demand. */
export function FigureCard(props: FigureCardProps): JSX.Element {
  const { title, table, children } = props;
  const [tabled, setTabled] = useState(false);
  return (
    <section class="figure-card" aria-label={title}>
      <header class="figure-header">
        <h3>{title}</h3>
        <Menu
          icon="ellipsis"
          label={t('Actions for {0}', title)}
          items={items(props, tabled, () => setTabled(!tabled))}
        />
      </header>
      {children}
      {tabled && <ValueTableView title={title} table={table()} />}
    </section>
  );
}

function items(props: FigureCardProps, tabled: boolean, onTable: () => void): MenuItem[] {
  const { words, exporting, compose, table } = props;
  const saves = (format: ExportFormat) => (): void => {
    void exportFigure(format, words, { compose, table }, exporting);
  };
  return [
    ...(props.items ?? []),
    { label: t('Table of Values'), checked: tabled, choose: onTable },
    'separator',
    { label: t('Save Picture'), detail: 'PNG', choose: saves('png') },
    { label: t('Save Vector Graphic'), detail: 'SVG', choose: saves('svg') },
    {
      label: t('Pictures on White'),
      checked: exporting.white,
      choose: () => exporting.onWhite(!exporting.white),
    },
    'separator',
    { label: t('Save Values'), detail: 'CSV', choose: saves('csv') },
    { label: t('Save Values'), detail: 'JSON', choose: saves('json') },
  ];
}
