import { t } from '@vscode/l10n';
import { formatReading } from '../../figures/format';
import type { RunColumns } from '../columns';
import { formatBytes } from '../../ui/format';

/** Of a value that is better, or more telling, the larger or the smaller it is. */
export type Better = 'lower' | 'higher';

/** Something that the table of values has a line for: a tag, or the largest of many. */
export interface Quantity {
  /** The tag; of the largest of many what is before their slash. */
  readonly name: string;
  /** The columns whose largest value it is. */
  readonly tags: readonly string[];
  /** Absent where neither end says anything. */
  readonly better?: Better;
  /** Whether a run that has more of it is better than another: of losses of a GAN none is. */
  readonly ranked: boolean;
}

/** What is shown unless others were chosen. */
const leading = [
  'loss/d',
  'loss/g',
  'score/real',
  'score/fake',
  'sigmaBar',
  'imagesPerSecond',
] as const;

/** Of these the largest over all layers is the one to look at. */
const LARGEST_OF = 'sigmaBar';

/** All quantities for which at least one run has values, the leading ones first. */
export function quantitiesOf(runs: readonly RunColumns[]): Quantity[] {
  const tags = [...new Set(runs.flatMap((columns) => columns.tags))];
  const layers = tags.filter((tag) => tag.startsWith(`${LARGEST_OF}/`));
  const names = layers.length > 0 ? [LARGEST_OF, ...tags] : tags;
  const rank = (name: string): number => {
    const at = leading.findIndex((one) => one === name);
    return at < 0 ? leading.length : at;
  };
  return names
    .sort((a, b) => rank(a) - rank(b))
    .map((name) => {
      const better = betterOf(name);
      const tags = name === LARGEST_OF ? layers : [name];
      return { name, tags, ranked: rankedGroups.has(groupOf(name)), ...(better && { better }) };
    });
}

/** The quantities to show: those chosen, else the leading ones that are there. */
export function shownQuantities(
  all: readonly Quantity[],
  chosen: readonly string[] | null,
): Quantity[] {
  const names: readonly string[] = chosen ?? leading;
  return all.filter(({ name }) => names.includes(name));
}

const rankedGroups = new Set(['sigmaBar', 'imagesPerSecond', 'ms']);

function groupOf(name: string): string {
  return name.split('/', 1)[0];
}

/**
 * Both players minimise their losses; a normalised weight should not be above 1; scores are what G
 * raises. Gradients and raw weights have no good end.
 */
function betterOf(name: string): Better | undefined {
  const group = groupOf(name);
  if (['loss', 'sigmaBar', 'ms'].includes(group)) return 'lower';
  if (['score', 'imagesPerSecond', 'memory'].includes(group)) return 'higher';
  return undefined;
}

/** What a quantity is called. */
export function labelOf(name: string): string {
  return name === LARGEST_OF ? t('sigmaBar, largest') : name;
}

/** A value of a quantity, for people. */
export function formatQuantity(name: string, value: number | undefined): string {
  const bytes = name === 'memory/rss' || name === 'memory/tensorBytes';
  return bytes && value !== undefined ? formatBytes(value) : formatReading(value);
}
