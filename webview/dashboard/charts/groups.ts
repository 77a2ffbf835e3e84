import { catalogue, lastGroups, type GroupTraits } from './catalogue';

export interface ChartTag {
  readonly tag: string;
  /** In the legend. */
  readonly label: string;
}

/** One chart, without its data. */
export interface ChartSpec extends GroupTraits {
  /** Names it in the preferences. */
  readonly name: string;
  readonly tags: readonly ChartTag[];
  /** Title of its group, of a chart that shows one tag of several. */
  readonly group?: string;
}

/** Charts that belong together: one, or in a comparison one for each tag of a large group. */
export interface ChartGroup {
  readonly name: string;
  readonly title: string;
  readonly formula?: string;
  readonly charts: readonly ChartSpec[];
  /** Whether the charts are one group's tags, each by itself. */
  readonly split: boolean;
}

/** With several runs, groups of more tags than this fall into one chart a tag. */
const MANY = 3;

/**
 * The charts for some tags, the most telling first.
 *
 * @param tags all that were logged, in the order in which they came
 * @param comparing whether there are several runs, which share each chart
 */
export function groupCharts(tags: readonly string[], comparing: boolean): ChartGroup[] {
  const known = catalogue();
  const tagsOf = new Map<string, string[]>();
  for (const tag of tags) {
    const name = groupOf(tag);
    tagsOf.set(name, [...(tagsOf.get(name) ?? []), tag]);
  }
  const order = [...known.keys()].filter((name) => !lastGroups.includes(name));
  const others = [...tagsOf.keys()].filter((name) => !known.has(name));
  return [...order, ...others, ...lastGroups].flatMap((name) => {
    const members = tagsOf.get(name);
    if (!members) return [];
    const traits = known.get(name) ?? { title: spelledOut(name) };
    return [chartsOf(name, traits, members, comparing)];
  });
}

function chartsOf(
  name: string,
  traits: GroupTraits,
  members: readonly string[],
  comparing: boolean,
): ChartGroup {
  const { title, formula, labels = {} } = traits;
  // The sums that the catalogue names come before what they are made of.
  const leading = Object.keys(labels);
  const rank = (tag: string): number => {
    const at = leading.indexOf(tag.slice(tag.indexOf('/') + 1));
    return at < 0 ? leading.length : at;
  };
  const tags = [...members]
    .sort((a, b) => rank(a) - rank(b))
    .map((tag) => ({ tag, label: tag === name ? title : labelOf(tag, name, labels) }));
  const group = { name, title, ...(formula !== undefined && { formula }) };
  if (!comparing || tags.length <= MANY) {
    return { ...group, split: false, charts: [{ ...traits, name, tags }] };
  }
  const charts = tags.map((one) => ({
    ...traits,
    name: one.tag,
    title: one.label,
    tags: [one],
    group: title,
  }));
  return { ...group, split: true, charts };
}

/** Tags of one group share a unit and a meaning, and so a chart. */
function groupOf(tag: string): string {
  if (tag === 'memory/tensors') return tag;
  const layer = /^(gradient\/[^./]+)\../.exec(tag);
  return layer ? layer[1] : tag.split('/', 1)[0];
}

function labelOf(tag: string, group: string, labels: Readonly<Record<string, string>>): string {
  const own = tag.slice(group.length + 1);
  return labels[own] ?? own;
}

/** `someThing` as `Some thing`. */
function spelledOut(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
