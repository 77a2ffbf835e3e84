import type { Correction, Corrections } from '../../shared/inspection';
import { parseCorrections } from './messages';

const KEY = 'checkpointCorrections';
/** Files whose corrections are kept; the one corrected longest ago is forgotten first. */
export const MAX_CORRECTED_FILES = 200;

/** The part of VS Code's memento that is needed. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Kept {
  readonly file: string;
  readonly bytes: number;
  readonly corrections: unknown;
}

/**
 * What people have corrected about layers, by the file's path and size: another file that comes
 * under the same name is another network, and starts anew.
 */
export class CorrectionMemory {
  constructor(private readonly memory: Memory) {}

  /** What is known better of the layers of a file. */
  of(file: string, bytes: number): Corrections {
    const kept = this.kept().find((each) => each.file === file && each.bytes === bytes);
    return parseCorrections(kept?.corrections) ?? {};
  }

  /**
   * Adds to what is known of a layer.
   *
   * @param correction null forgets the layer's
   * @returns all corrections of the file
   */
  correct(file: string, bytes: number, layer: string, correction: Correction | null): Corrections {
    const before = new Map(Object.entries(this.of(file, bytes)));
    if (correction === null) before.delete(layer);
    else before.set(layer, { ...before.get(layer), ...correction });
    const corrections = Object.fromEntries(before);
    const others = this.kept().filter((each) => each.file !== file);
    const own: Kept[] = before.size > 0 ? [{ file, bytes, corrections }] : [];
    void this.memory.update(KEY, [...own, ...others].slice(0, MAX_CORRECTED_FILES));
    return corrections;
  }

  private kept(): readonly Kept[] {
    const kept = this.memory.get(KEY);
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'file' in value &&
    typeof value.file === 'string' &&
    'bytes' in value &&
    typeof value.bytes === 'number'
  );
}
