import type { Warning } from '../../../src/shared/inspection';

/** Warnings of one file that mean the same. */
export interface WarningGroup {
  /** Index of the file. */
  readonly file: number;
  readonly kind: Warning['kind'];
  readonly warnings: readonly Warning[];
}

/** What is wrong comes before what is merely worth knowing. */
const order: readonly Warning['kind'][] = [
  'nonFinite',
  'stale',
  'collapse',
  'missingU',
  'notNormalized',
  'operatorNorm',
];

/**
 * Warnings of several files, the worst kinds first: those of one kind and sign share one
 * explanation, which nobody wants to read for every layer.
 */
export function groupWarnings(byFile: readonly (readonly Warning[])[]): WarningGroup[] {
  const groups = byFile.flatMap((warnings, file) => {
    const kinds = new Map<string, Warning[]>();
    for (const warning of warnings) {
      const key = `${warning.kind} ${Math.sign(warning.value)}`;
      kinds.set(key, [...(kinds.get(key) ?? []), warning]);
    }
    return [...kinds.values()].map((same): WarningGroup => {
      // By how far off they are.
      const worst = same.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
      return { file, kind: worst[0].kind, warnings: worst };
    });
  });
  return groups.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.file - b.file);
}
