import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { placeOfStep } from '../samples/gridSteps';
import { gridIndex, gridStep, gridSteps, sampledRun } from '../samples/shownGrid';
import { formatCount } from '../../ui/format';
import { view } from '../viewState';
import { CheckpointMarks, percent } from './checkpointMarks';
import { useGlide } from './useGlide';

const noSteps: readonly number[] = [];

/** The slider itself: one notch per grid, marks where checkpoints and the charts' cursor are. */
export function StepSlider({ onGo }: { readonly onGo: (grid: number) => void }): JSX.Element {
  const run = sampledRun.value;
  const steps = gridSteps.value;
  const index = gridIndex.value;
  const last = Math.max(0, steps.length - 1);
  const end = useGlide(last, run?.key);
  // While it follows, the thumb stays at the end.
  const follows = view.cursor.value === null;
  const place = follows ? end : Math.max(0, index);
  return (
    <div class="scrubber-slider" title={t('Marks: checkpoints')}>
      <input
        type="range"
        min={0}
        max={follows ? last : end}
        step={1}
        value={Math.max(0, index)}
        disabled={last === 0}
        aria-label={t('Step of the sample grid')}
        aria-valuetext={valueText()}
        style={{ '--fill': end > 0 ? Math.min(1, place / end) : 0 }}
        onInput={({ currentTarget }) => onGo(Number(currentTarget.value))}
      />
      <div class="scrubber-marks" aria-hidden="true">
        <CheckpointMarks
          checkpoints={run?.view.value.checkpoints ?? noSteps}
          steps={steps}
          max={end}
        />
        <CursorMark steps={steps} max={end} />
      </div>
    </div>
  );
}

/** Where the cursor or the pointer of a chart is, when that is not at a grid. */
function CursorMark(props: { steps: readonly number[]; max: number }): JSX.Element | null {
  const { steps, max } = props;
  const cursor = view.hover.value ?? view.cursor.value;
  if (cursor === null || cursor === gridStep.value || steps.length < 2) return null;
  return (
    <span class="scrubber-cursor" style={{ left: percent(placeOfStep(steps, cursor), max) }} />
  );
}

function valueText(): string {
  const step = gridStep.value;
  if (step === undefined) return t('No grid yet');
  return t(
    'step {0} of {1}, grid {2} of {3}',
    formatCount(step),
    formatCount(sampledRun.value?.view.value.identity.progress.total ?? step),
    formatCount(gridIndex.value + 1),
    formatCount(gridSteps.value.length),
  );
}
