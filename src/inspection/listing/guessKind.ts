import type { LayerKind, NetworkRole } from '../../shared/inspection';
import type { PlacedLayer } from './blocks';

const embedding = /emb|^l_[cy]$|_y$/i;
const transposed = /deconv|conv(?:2d)?_?t(?:$|rans|\d)|^dc\d|upconv|tconv/i;

/** What is known of a layer's neighbours when its kind is guessed. */
export interface Surroundings {
  readonly role: NetworkRole;
  /** Of the image that comes to the layer; undefined at the start of a network. */
  readonly channels: number | undefined;
  /** The convolution that follows. */
  readonly next: PlacedLayer | undefined;
}

/** Whether a matrix is a table of vectors, by its name. */
export function isEmbedding({ layer, path }: PlacedLayer): boolean {
  return (
    layer.shape.length === 2 &&
    (/embeddings(?::0)?$/.test(layer.weight) || path.some((segment) => embedding.test(segment)))
  );
}

/** Guesses what a layer is from its shape, its name and its neighbours. */
export function guessKind(placed: PlacedLayer, surroundings: Surroundings): LayerKind {
  const { shape } = placed.layer;
  if (shape.length === 2) return isEmbedding(placed) ? 'embedding' : 'dense';
  return isTransposed(placed, surroundings) ? 'convTranspose' : 'conv';
}

function isTransposed({ layer, path }: PlacedLayer, around: Surroundings): boolean {
  if (path.some((segment) => transposed.test(segment))) return true;
  const [first, second, height, width] = layer.shape;
  // Nothing would be gained by transposing a matrix at each pixel.
  if (height === 1 && width === 1) return false;
  const { role, channels, next } = around;
  if (channels !== undefined) {
    const asIs = second === channels;
    const asTransposed = first === channels;
    if (asIs !== asTransposed) return asTransposed;
    // Squares fit both ways: generators widen images by kernels of even size.
    return asIs && role === 'generator' && height % 2 === 0;
  }
  // At the start, the next layer tells which of the two sides is the output.
  if (role !== 'generator') return false;
  if (!next) return height % 2 === 0;
  const [nextFirst, nextSecond] = next.layer.shape;
  return nextFirst === second && nextSecond !== first;
}
