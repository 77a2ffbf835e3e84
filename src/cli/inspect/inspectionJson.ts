import { divisorOf } from '../../inspection/numbers/networkVerdict';
import { verdictText } from '../../shared/words/verdictText';
import { warningText } from '../../shared/words/warningText';
import type { InspectedFile } from './inspectedFile';

/**
 * All that is known of a file, for scripts. What is not computed is absent; infinite numbers become
 * null, as JSON has none. Norms and bounds under `operator` are of the raw weight; `usedNorm` and
 * `usedUpper` are of the weight as it is used.
 */
export function inspectionJson({ listing, numbers, verdicts }: InspectedFile): object {
  const { own, layers, networks, metadata, ...file } = listing;
  return {
    ...file,
    ...(own
      ? {
          step: own.step,
          updatesD: Number(metadata['updatesD']),
          updatesG: Number(metadata['updatesG']),
          config: own.config,
          run: own.run,
        }
      : { metadata }),
    layers: layers.map((layer) => {
      const { weight, spectrum, operator, refused } = numbers.get(layer.name) ?? {};
      const divisor = divisorOf(layer, numbers.get(layer.name) ?? {});
      return {
        ...layer,
        numbers: weight,
        spectrum: spectrum && { ...spectrum, values: Array.from(spectrum.values) },
        operator,
        usedNorm: operator && divisor && operator.norm.value / divisor,
        usedUpper: operator && divisor && operator.upper / divisor,
        refused,
      };
    }),
    networks: networks.map((network) => {
      const verdict = verdicts.get(network.name);
      if (!verdict) return network;
      const { product, upper, tightUpper, warnings } = verdict;
      return {
        ...network,
        product,
        upper,
        tightUpper,
        verdict: verdictText(verdict, listing),
        warnings: warnings.map((warning) => ({ ...warning, ...warningText(warning) })),
      };
    }),
  };
}
