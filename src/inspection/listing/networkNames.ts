import type { NetworkRole } from '../../shared/inspection';
import { segmentsOf } from './foundLayer';

/** Which network a layer belongs to, by its name. */
export interface NetworkOfLayer {
  readonly network: string;
  readonly role: NetworkRole;
  /** The layer's name inside the network, between the dots or slashes. */
  readonly path: readonly string[];
}

const discriminator = /^(?:net_?)?(?:d|dis|disc|discriminator|critic)$/i;
const generator = /^(?:net_?)?(?:g|gen|generator)(?:_?(?:ema|avg|average|copy|shadow))?$/i;
/** What checkpoints wrap networks in; a network in another wrapper is another network. */
const wrapper = /^(?:module|_orig_mod|state_dict|model_state_dict|params|params_ema|ema|updater)$/i;
/** How deep in a name the network stands at most: below it, `g` may be a layer of an attention. */
const DEPTH = 4;

/** Tells the network from the rest of a layer's name, for example `updater/model:dis/block1/c1`. */
export function networkOf(layer: string): NetworkOfLayer {
  const segments = segmentsOf(layer);
  // The last segment is the layer itself.
  const places = segments.slice(0, Math.min(DEPTH, segments.length - 1));
  // Chainer writes what it is before the name: `model:dis`.
  const words = places.map((segment) => segment.slice(segment.lastIndexOf(':') + 1));
  const at = words.findIndex((word) => discriminator.test(word) || generator.test(word));
  const role = at < 0 ? 'unknown' : discriminator.test(words[at]) ? 'discriminator' : 'generator';
  const unwrapped = words.findIndex((word) => !wrapper.test(word));
  const length = at >= 0 ? at + 1 : unwrapped < 0 ? places.length : unwrapped;
  const prefix = segments.slice(0, length);
  const characters = prefix.reduce((sum, segment) => sum + segment.length + 1, 0);
  return {
    network: layer.slice(0, Math.max(0, characters - 1)),
    role,
    path: segments
      .slice(length)
      .flatMap((segment) => blockInName.exec(segment)?.slice(1) ?? segment),
  };
}
/** TensorFlow's names have no dots: `block1_c1`. */
const blockInName = /^((?:res)?block_?\d+)_(.+)$/i;

/** Orders names as people do: `conv2` before `conv10`, segment by segment. */
export function compareNaturally(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = collator.compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
const collator = new Intl.Collator('en', { numeric: true });
