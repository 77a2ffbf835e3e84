import { t } from '@vscode/l10n';
import type {
  FileListing,
  GradientBound,
  LayerListing,
  NetworkListing,
  NetworkPart,
  NetworkVerdict,
} from '../inspection';
import { inDigits } from './digits';

/** Rounding that no claim depends on. */
const ROUNDING = 1e-9;

/**
 * Whether a network is 1-Lipschitz as it is built, and why not, in a few sentences that claim no
 * more than is proven.
 */
export function verdictText(verdict: NetworkVerdict, listing: FileListing): string {
  const network = listing.networks.find(({ name }) => name === verdict.network);
  if (!network) return '';
  const name = networkName(network);
  if (network.role === 'generator') {
    return t(
      '{0} is a generator, of which no bound is told: batch normalisation scales by what it meets.',
      name,
    );
  }
  const sentences = network.structure
    ? bounded(verdict, name)
    : [
        t(
          'It is not known how the layers of {0} follow each other, or they do more than the layers listed: norms of single layers hold, and no bound of the network is told.',
          name,
        ),
      ];
  const members = listing.layers.filter((layer) => network.layers.includes(layer.name));
  const reason = whyItStretches(verdict, network, members);
  if (network.structure && (verdict.tightUpper ?? 0) > 1 + ROUNDING && reason) {
    sentences.push(reason);
  }
  if (verdict.lower) sentences.push(metText(verdict.lower, name));
  if (verdict.product !== null) {
    sentences.push(
      t(
        'The product of the norms as matrices, eq. 7 as the paper reads it, is {0}; it bounds nothing.',
        inDigits(verdict.product),
      ),
    );
  }
  const guess = guessText(network, listing.layers);
  return [...sentences, ...(guess === undefined ? [] : [guess])].join(' ');
}

/** What a network is called: its name, or its role where the file gives it none. */
export function networkName({ name, role }: Pick<NetworkListing, 'name' | 'role'>): string {
  if (name !== '') return name;
  switch (role) {
    case 'discriminator':
      return t('The discriminator');
    case 'generator':
      return t('The generator');
    case 'unknown':
      return t('The network');
  }
}

function bounded({ upper, tightUpper, lower }: NetworkVerdict, name: string): string[] {
  if (upper === null || tightUpper === null) {
    return [t('Nothing is known of {0} as a whole until the norms of all its layers are.', name)];
  }
  const numbers = [inDigits(upper), inDigits(tightUpper)] as const;
  if (upper <= 1 + ROUNDING) {
    return [
      t(
        '{0} is 1-Lipschitz by construction, given activations that are: at most {1} is guaranteed.',
        name,
        numbers[0],
      ),
    ];
  }
  if (tightUpper <= 1 + ROUNDING) {
    return [
      t(
        '{0} is 1-Lipschitz by the true norms of its layers, at most {1} up to their tolerance; without relying on an iteration, at most {2} is guaranteed.',
        name,
        numbers[1],
        numbers[0],
      ),
    ];
  }
  if (lower && lower.largest > 1) {
    return [
      t(
        '{0} is not 1-Lipschitz. Guaranteed is at most {1}; by the true norms of its layers it is at most {2}.',
        name,
        ...numbers,
      ),
    ];
  }
  return [
    t(
      '{0} is not 1-Lipschitz by construction: its layers guarantee at most {1}, and by their true norms at most {2}. Whether any image is stretched that much is another question.',
      name,
      ...numbers,
    ),
  ];
}

/** The layer that stretches most, and the pools that stretch. */
function whyItStretches(
  { warnings }: NetworkVerdict,
  { structure }: NetworkListing,
  layers: readonly LayerListing[],
): string | undefined {
  if (layers.every(({ normalization }) => normalization === 'none')) {
    return t('None of its layers is normalised.');
  }
  const stretching = warnings
    .filter(({ kind }) => kind === 'operatorNorm' || kind === 'notNormalized')
    .sort((a, b) => b.value - a.value);
  const [most, ...others] = stretching;
  const pooled = structure && sumPoolNorm(structure);
  const sentences = [
    ...(stretching.length > 0
      ? [
          others.length === 0
            ? t(
                'That is because of {0}, which stretches by up to {1}.',
                most.layer,
                inDigits(most.value),
              )
            : t(
                'That is because of layers that stretch ({0} in all), {1} most, by up to {2}.',
                stretching.length,
                most.layer,
                inDigits(most.value),
              ),
        ]
      : []),
    ...(pooled !== undefined && pooled > 1
      ? [t('The sum over all pixels alone stretches by {0}.', inDigits(pooled))]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

function sumPoolNorm(part: NetworkPart): number | undefined {
  if (part.kind === 'sumPool') return Math.sqrt(part.inputSize[0] * part.inputSize[1]);
  if (part.kind !== 'sequence') return undefined;
  return part.parts.map(sumPoolNorm).find((norm) => norm !== undefined);
}

function metText({ largest, where }: GradientBound, name: string): string {
  switch (where) {
    case 'real':
      return t(
        'At a real image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
    case 'generated':
      return t(
        'At a generated image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
    case 'between':
      return t(
        'Between a real and a generated image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
  }
}

function guessText(network: NetworkListing, layers: readonly LayerListing[]): string | undefined {
  const own = layers.filter(({ name }) => network.layers.includes(name));
  const guessed = own.some((layer) => layer.guessed.length > 0);
  if (network.structureGuessed && guessed) {
    return t(
      'How the layers follow each other, and their strides, padding and input sizes, are guessed from names and shapes.',
    );
  }
  if (network.structureGuessed) return t('How the layers follow each other is guessed from names.');
  return undefined;
}
