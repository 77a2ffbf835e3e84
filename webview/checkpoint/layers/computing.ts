import { signal } from '@preact/signals';
import type { LayerNumbers } from '../../../src/shared/inspection';
import { send } from '../connection';
import type { ShownFile } from '../files';
import type { LayerRow } from './rows';

/** Costly layers that were asked for, by file and name. */
const asked = signal<ReadonlySet<string>>(new Set());

function keyOf(file: ShownFile, layer: string): string {
  return `${file.file}\n${layer}`;
}

/** Computes layers of a file although that takes long. */
export function compute(file: ShownFile, layers: readonly string[]): void {
  asked.value = new Set([...asked.peek(), ...layers.map((name) => keyOf(file, name))]);
  send({ type: 'compute', file: file.file, layers });
}

/** Why a number of a layer is not there. */
export type Absence = 'coming' | 'costly' | 'none';

/** What to show in place of a part of a layer's numbers; undefined where it is there. */
export function absenceOf(
  { file, layer, numbers }: Pick<LayerRow, 'file' | 'layer' | 'numbers'>,
  part: keyof LayerNumbers,
): Absence | undefined {
  if (numbers[part] !== undefined) return undefined;
  if (numbers.refused !== undefined) return 'none';
  if (part === 'operator' && layer.flaw !== undefined) return 'none';
  const state = file.state.value?.kind;
  if (state === 'cancelled') return layer.costly ? 'costly' : 'none';
  if (asked.value.has(keyOf(file, layer.name))) return 'coming';
  if (layer.costly) return 'costly';
  return state === 'done' ? 'none' : 'coming';
}

/** The costly layers of a file that nobody has asked for yet. */
export function notAskedFor(rows: readonly LayerRow[]): readonly LayerRow[] {
  return rows.filter((row) => absenceOf(row, 'spectrum') === 'costly');
}
