import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Checkbox } from '../../ui/checkbox';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { view } from '../viewState';
import { changeGenerated } from './drawing';

const COUNTS = [16, 36, 64, 100];
const LENGTHS = [5, 7, 9, 12, 16];
const ROWS = [1, 2, 4, 6, 8];
const MOST_SEED = 2 ** 32 - 1;

/** From which latents to draw, and how much. */
export function GeneratedSettings(): JSX.Element {
  const { paths, seed, count, toSeed, steps, rows } = view.generated.value;
  return (
    <div class="figure-choices">
      <Checkbox
        label={t('Paths between two seeds')}
        checked={paths}
        onChange={(next) => changeGenerated({ paths: next })}
      />
      <Seed
        label={paths ? t('From seed') : t('Seed')}
        value={seed}
        onChange={(next) => changeGenerated({ seed: next })}
      />
      {paths ? (
        <>
          <Seed
            label={t('to seed')}
            value={toSeed}
            onChange={(next) => changeGenerated({ toSeed: next })}
          />
          <Choice
            label={t('Images in a path')}
            value={steps}
            values={LENGTHS}
            onChange={(next) => changeGenerated({ steps: next })}
          />
          <Choice
            label={t('Paths')}
            value={rows}
            values={ROWS}
            onChange={(next) => changeGenerated({ rows: next })}
          />
        </>
      ) : (
        <Choice
          label={t('Images')}
          value={count}
          values={COUNTS}
          onChange={(next) => changeGenerated({ count: next })}
        />
      )}
    </div>
  );
}

interface SeedProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (seed: number) => void;
}

/** A number to type, the ones beside it, or any other. */
function Seed({ label, value, onChange }: SeedProps): JSX.Element {
  const set = (seed: number): void => {
    if (Number.isFinite(seed)) onChange(Math.round(Math.max(0, Math.min(MOST_SEED, seed))));
  };
  return (
    <span class="seed">
      <label>
        <span>{label}</span>
        <input
          class="number-field"
          type="number"
          min={0}
          max={MOST_SEED}
          step={1}
          value={value}
          onChange={({ currentTarget }) => set(Number(currentTarget.value))}
        />
      </label>
      <IconButton
        icon="chevron-left"
        label={t('{0}: One Less', label)}
        disabled={value === 0}
        onClick={() => set(value - 1)}
      />
      <IconButton
        icon="chevron-right"
        label={t('{0}: One More', label)}
        disabled={value === MOST_SEED}
        onClick={() => set(value + 1)}
      />
      <IconButton
        icon="arrow-swap"
        label={t('{0}: Any Other', label)}
        onClick={() => set(Math.floor(Math.random() * 1e6))}
      />
    </span>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly onChange: (value: number) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps): JSX.Element {
  const offered = [...new Set([...values, value])].sort((a, b) => a - b).map(String);
  return (
    <span class="figure-choice">
      <span aria-hidden="true">{label}</span>
      <Dropdown
        label={label}
        value={String(value)}
        options={offered.map((one) => ({ value: one, label: one }))}
        onChange={(next) => onChange(Number(next))}
      />
    </span>
  );
}
