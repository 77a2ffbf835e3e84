import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { IterationStart } from '../../../src/shared/inspectionQuestions';
import { Checkbox } from '../../ui/checkbox';
import { Dropdown } from '../../ui/dropdown';
import { changeIteration, view } from '../viewState';

const MOST_ITERATIONS = 1000;
const MOST_SEED = 2 ** 31 - 1;

/** Where the iteration starts, how long it runs, and which of its two charts is shown. */
export function IterationChoices(): JSX.Element {
  const { start, seed, iterations, error } = view.preferences.value.iteration;
  return (
    <div class="figure-choices" role="group" aria-label={t('How the iteration runs')}>
      <span class="figure-choice">
        <span aria-hidden="true">{t('Start')}</span>
        <Dropdown
          label={t('Start')}
          value={start}
          options={[
            { value: 'random', label: t('random') },
            { value: 'ones', label: t('ones') },
            { value: 'stored', label: t('stored u') },
          ]}
          onChange={(next: IterationStart) => changeIteration({ start: next })}
        />
      </span>
      {start === 'random' && (
        <WholeNumber
          label={t('Seed')}
          value={seed}
          least={0}
          most={MOST_SEED}
          onChange={(next) => changeIteration({ seed: next })}
        />
      )}
      <WholeNumber
        label={t('Iterations')}
        value={iterations}
        least={1}
        most={MOST_ITERATIONS}
        onChange={(next) => changeIteration({ iterations: next })}
      />
      <Checkbox
        label={t('Error, logarithmic')}
        checked={error}
        onChange={(next) => changeIteration({ error: next })}
      />
    </div>
  );
}

interface WholeNumberProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function WholeNumber({ label, value, least, most, onChange }: WholeNumberProps): JSX.Element {
  return (
    <label>
      {label}
      <input
        class="number-field"
        type="number"
        min={least}
        max={most}
        step={1}
        value={value}
        onChange={({ currentTarget }) => {
          const asked = Math.round(Number(currentTarget.value));
          const valid = currentTarget.value !== '' && Number.isFinite(asked);
          const next = valid ? Math.max(least, Math.min(most, asked)) : value;
          // What was typed may not be what holds.
          currentTarget.value = String(next);
          if (next !== value) onChange(next);
        }}
      />
    </label>
  );
}
