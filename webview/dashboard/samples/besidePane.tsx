import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Checkbox } from '../../ui/checkbox';
import { IconButton } from '../../ui/iconButton';
import { formatCount } from '../../ui/format';
import { gridBeside, swapGrids, type Beside } from './beside';
import { GridPane } from './gridPane';
import { gridForCursor } from './gridSteps';
import { LatentsNote } from './latentsNote';
import { RunChoice } from './runChoice';
import { changeSamples } from './shownGrid';

export interface BesidePaneProps {
  /** The run of the first grid. */
  readonly main: RunView;
  /** The step of the first grid. */
  readonly step: number;
  readonly beside: Beside;
}

/** The second grid: a step of the same run that stays, or a grid of another run. */
export function BesidePane({ main, step, beside }: BesidePaneProps): JSX.Element | null {
  const second = gridBeside(beside, step);
  if (!second) return null;
  const { run } = second;
  const change = (next: Partial<Beside>): void => changeSamples({ beside: { ...beside, ...next } });
  const choice = (
    <>
      <RunChoice
        label={t('Run of the second grid')}
        value={run.key}
        onChange={(key) => change({ key, step: key === main.key ? step : null })}
      />
      {second.step !== undefined && <span>{t('Step {0}', formatCount(second.step))}</span>}
      <IconButton
        icon="arrow-swap"
        label={t('Swap the grids')}
        onClick={() => swapGrids(main.key, step, beside)}
      />
    </>
  );
  if (second.step === undefined) {
    return (
      <figure class="samples-figure">
        <figcaption class="samples-caption">{choice}</figcaption>
        <p class="samples-note">{t('This run has no sample grid yet.')}</p>
      </figure>
    );
  }
  return (
    <GridPane run={run} step={second.step} caption={choice}>
      <StepChoice run={run} step={second.step} beside={beside} own={run.key === main.key} />
      <LatentsNote main={main} other={run} />
    </GridPane>
  );
}

/** Which step is beside: the same as in the first grid, or one that stays. */
function StepChoice(props: {
  run: RunView;
  step: number;
  beside: Beside;
  own: boolean;
}): JSX.Element {
  const { run, step, beside, own } = props;
  const { samples } = run;
  const choose = (chosen: number | null): void =>
    changeSamples({ beside: { ...beside, step: chosen } });
  return (
    <div class="samples-beside-step">
      {!own && (
        <Checkbox
          label={t('Same step')}
          checked={beside.step === null}
          onChange={(same) => choose(same ? null : step)}
        />
      )}
      {(own || beside.step !== null) && (
        <input
          type="range"
          class="samples-step-slider"
          min={0}
          max={samples.length - 1}
          value={gridForCursor(samples, step)}
          disabled={samples.length < 2}
          aria-label={t('Step of the second grid')}
          aria-valuetext={t('step {0}', formatCount(step))}
          onInput={({ currentTarget }) => choose(samples[Number(currentTarget.value)] ?? step)}
        />
      )}
    </div>
  );
}
