import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Checkbox } from '../../ui/checkbox';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { TextField } from '../../ui/textField';
import { runs } from '../runs';
import { prefer, view, xAxes, type XAxis } from '../viewState';
import { chartFilter } from './chartFilter';
import { changeXAxis } from './changeXAxis';
import { ExactNorms } from './exactNorms';
import { axisName } from './words';

/** TensorBoard's greatest weight. */
const MOST = 0.999;

/**
 * What holds for all charts: smoothing, the x axis, zoom, which charts are shown, and how closely
 * the primary run is measured.
 */
export function ChartToolbar(): JSX.Element {
  const { xAxis, logX } = view.preferences.value;
  const primary = runs.value.at(0);
  const zoomed = view.zoom.value !== null || Object.keys(view.yZoom.value).length > 0;
  return (
    <div class="chart-toolbar" role="toolbar" aria-label={t('Curves')}>
      <Smoothing />
      <span class="chart-axis">
        <span aria-hidden="true">{t('x axis')}</span>
        <Dropdown
          label={t('x axis')}
          value={xAxis}
          options={xAxes.map((axis) => ({ value: axis, label: axisName(axis) }))}
          onChange={(axis: XAxis) => changeXAxis(axis)}
        />
      </span>
      <Checkbox
        label={t('Log x')}
        checked={logX && xAxis !== 'wall'}
        disabled={xAxis === 'wall'}
        onChange={(next) => prefer({ logX: next })}
      />
      <IconButton
        icon="screen-normal"
        label={t('Show the Whole Run')}
        disabled={!zoomed}
        onClick={() => {
          view.zoom.value = null;
          view.yZoom.value = {};
        }}
      />
      <TextField
        label={t('Filter charts by name')}
        placeholder={t('Filter charts')}
        value={chartFilter.value}
        onInput={(text) => (chartFilter.value = text)}
      />
      {primary && <ExactNorms key={primary.key} run={primary} />}
    </div>
  );
}

function Smoothing(): JSX.Element {
  const { smoothing } = view.preferences.value;
  const set = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => {
    const asked = Number(currentTarget.value);
    if (Number.isFinite(asked)) prefer({ smoothing: Math.max(0, Math.min(MOST, asked)) });
  };
  return (
    <label class="chart-smoothing">
      <span>{t('Smoothing')}</span>
      <input type="range" min={0} max={MOST} step={0.001} value={smoothing} onInput={set} />
      <input
        class="number-field"
        type="number"
        aria-label={t('Smoothing, as a number')}
        min={0}
        max={MOST}
        step={0.05}
        value={Number(smoothing.toFixed(3))}
        onChange={set}
      />
    </label>
  );
}
