import { useComputed } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AnimationFormat, DashboardPlace, ScalarFormat } from '../../../src/shared/dashboard';
import type { IconName } from '../../ui/icon';
import { Menu, type MenuItem } from '../../ui/menu';
import { send } from '../connection';
import type { ShownRun } from '../runs';

/** Where a run leads to and what can be taken out of it. */
export function MoreMenu({ run }: { readonly run: ShownRun }): JSX.Element {
  const { key } = run;
  const { samples } = run.view.value;
  const hasRows = useComputed(() => run.revision.value >= 0 && run.columns.length > 0);
  const place = (label: string, icon: IconName, to: DashboardPlace): MenuItem => ({
    label,
    icon,
    choose: () => send({ type: 'open', key, place: to }),
  });
  const curves = (label: string, format: ScalarFormat): MenuItem => ({
    label,
    icon: 'export',
    detail: format.toUpperCase(),
    disabled: !hasRows.value,
    choose: () => send({ type: 'exportScalars', key, format }),
  });
  const animation = (label: string, format: AnimationFormat): MenuItem => ({
    label,
    icon: 'file-media',
    detail: format.toUpperCase(),
    disabled: samples.length === 0,
    choose: () => send({ type: 'exportAnimation', key, format }),
  });
  return (
    <Menu
      icon="ellipsis"
      label={t('More Actions')}
      items={[
        {
          label: t('Compare With…'),
          icon: 'git-compare',
          choose: () => send({ type: 'addRuns' }),
        },
        'separator',
        place(t('Open Config'), 'settings', 'config'),
        place(t('Open Log'), 'output', 'log'),
        place(t('Reveal Run Folder'), 'folder-opened', 'folder'),
        place(t('Open in TensorBoard'), 'graph-line', 'tensorboard'),
        'separator',
        curves(t('Export All Curves'), 'csv'),
        curves(t('Export All Curves'), 'json'),
        animation(t('Export All Grids as Animation'), 'gif'),
        animation(t('Export All Grids as Animation'), 'apng'),
      ]}
    />
  );
}
