import { t } from '@vscode/l10n';
import { tabSeparated } from '../copyText';
import type { Quantity } from './quantities';
import type { Reading } from './readings';
import type { RunReadings } from './sortRuns';

/** A line for every run and quantity with all that is known of it, in full precision. */
export function valuesAsText(
  rows: readonly RunReadings[],
  quantities: readonly Quantity[],
): string {
  const step = t('Step');
  const head = [t('Run'), t('Value'), t('Last'), step, t('Best'), step, t('At cursor'), step];
  const lines = rows.flatMap(({ run, readings }) =>
    quantities.map(({ name }, i) => [
      run.view.value.name,
      name,
      ...cells(readings[i].last),
      ...cells(readings[i].best),
      ...cells(readings[i].atCursor),
    ]),
  );
  return tabSeparated([head, ...lines]);
}

function cells(reading: Reading | undefined): string[] {
  if (!reading) return ['', ''];
  // Values are kept in 32 bits, which seven digits tell apart.
  return [String(Number(reading.value.toPrecision(7))), String(reading.step)];
}
