import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { Menu } from '../../ui/menu';
import { send } from '../connection';
import { view } from '../viewState';
import { firstBeside } from './beside';
import { RunChoice } from './runChoice';
import { changeSamples } from './shownGrid';
import { zoomBy } from './zoomKeys';
import { zoomLevels } from './zoom';

/** Which run is shown, how large, what beside it, and where it can be saved. */
export function SamplesToolbar(props: {
  readonly run: RunView;
  readonly step: number | undefined;
}): JSX.Element {
  const { run, step } = props;
  const { showReal, beside, cell } = view.samples.value;
  return (
    <div class="samples-toolbar" role="toolbar" aria-label={t('Samples')}>
      <h2>{t('Samples')}</h2>
      <RunChoice
        label={t('Run whose samples are shown')}
        value={run.key}
        onChange={(key) => changeSamples({ run: key })}
      />
      <div class="samples-tools">
        {cell === null && <Zoom />}
        <IconButton
          icon="split-horizontal"
          label={t('Second grid beside')}
          pressed={beside !== null}
          disabled={step === undefined}
          onClick={() => changeSamples({ beside: beside ? null : firstBeside(run.key, step ?? 0) })}
        />
        <IconButton
          icon="file-media"
          label={t('Training images beside')}
          pressed={showReal}
          disabled={cell !== null}
          onClick={() => changeSamples({ showReal: !showReal })}
        />
        <Menu
          icon="save"
          label={t('Save samples')}
          disabled={step === undefined}
          items={[
            {
              label: t('This Grid…'),
              detail: 'PNG',
              choose: () => {
                if (step !== undefined) send({ type: 'exportGrid', key: run.key, step });
              },
            },
            'separator',
            {
              label: t('All Grids as Animation…'),
              detail: 'GIF',
              choose: () => send({ type: 'exportAnimation', key: run.key, format: 'gif' }),
            },
            {
              label: t('All Grids as Animation, Full Colour…'),
              detail: 'APNG',
              choose: () => send({ type: 'exportAnimation', key: run.key, format: 'apng' }),
            },
          ]}
        />
      </div>
    </div>
  );
}

function Zoom(): JSX.Element {
  const { scale } = view.samples.value;
  const levels = [...new Set([...zoomLevels, scale])].sort((a, b) => a - b);
  return (
    <div class="samples-zoom">
      <IconButton
        icon="zoom-out"
        label={t('Zoom out')}
        onClick={() => zoomBy(-1)}
        disabled={scale === 0}
      />
      <Dropdown
        label={t('Zoom')}
        value={String(scale)}
        options={levels.map((level) => ({
          value: String(level),
          label: level === 0 ? t('Fit') : `${level}×`,
        }))}
        onChange={(level) => changeSamples({ scale: Number(level) })}
      />
      <IconButton
        icon="zoom-in"
        label={t('Zoom in')}
        onClick={() => zoomBy(1)}
        disabled={scale >= 8}
      />
    </div>
  );
}
