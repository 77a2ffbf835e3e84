import type { InspectionState } from '../shared/checkpointPage';
import type { FileListing, LayerNumbers, NetworkVerdict } from '../shared/inspection';
import type { WeightFile } from '../weights/weightFile';
import type { InspectorJob } from './protocol';
import { describeFile } from './listing/listFile';
import { LayerInspection } from './numbers/layerInspection';
import { networkVerdict } from './numbers/networkVerdict';
import { orderOfWork } from './orderOfWork';

/** What becomes of the parts of an inspection, as they come. */
export interface InspectionListener {
  listing(listing: FileListing): void;
  /** All that is known of the layer now. */
  numbers(layer: string, numbers: LayerNumbers): void;
  verdict(verdict: NetworkVerdict): void;
  state(state: InspectionState): void;
}

export type InspectionTask = Omit<Extract<InspectorJob, { type: 'inspect' }>, 'type' | 'file'>;

/**
 * Tells the layers of a file, then their numbers, cheap and telling ones first, then what they make
 * of the networks. A layer that cannot be judged says why and does not keep the others back.
 *
 * @param check called about every 20 ms while something takes long; may throw to end the work
 * @throws UserError where the file cannot be read
 */
export async function inspectFile(
  weights: WeightFile,
  { corrections, first, known: computed }: InspectionTask,
  listener: InspectionListener,
  check?: () => void,
): Promise<void> {
  const { listing, found } = await describeFile(weights, corrections);
  listener.listing(listing);
  const numbers = new Map(Object.entries(computed));
  const work = orderOfWork(listing, first, numbers);
  const said = new Map<string, string>();
  const tellVerdicts = (): void => {
    for (const network of listing.networks) {
      const verdict = networkVerdict(network, listing, numbers);
      const text = JSON.stringify(verdict);
      if (said.get(network.name) === text) continue;
      said.set(network.name, text);
      listener.verdict(verdict);
    }
  };
  for (const [done, part] of work.entries()) {
    const { doing, bounds, layer } = part;
    const before = done > 0 ? work[done - 1] : part;
    if (before.doing !== doing || before.bounds !== bounds) tellVerdicts();
    listener.state({ kind: 'working', doing, layer: layer.name, done, total: work.length });
    const source = found.get(layer.name);
    if (!source) continue;
    const inspection = new LayerInspection(weights, layer, source, check);
    const known = numbers.get(layer.name) ?? {};
    const after = await inspection.extend(known, part);
    numbers.set(layer.name, after);
    if (after !== known) listener.numbers(layer.name, after);
  }
  tellVerdicts();
  listener.state({ kind: 'done' });
}
