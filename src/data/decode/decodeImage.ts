import { messageOf } from '../../shared/userError';
import type { RgbImage } from '../../runs/png';
import { DamagedImage } from '../imageSource';
import { sniff } from '../sniff';
import { claimedDimensions } from './dimensions';
import { decodeJpeg } from './jpeg';
import { decodePng } from './png';
import { decodeWebp } from './webp';

/** A coded image may be this large as a file. */
export const maxImageBytes = 256 * 2 ** 20;

/**
 * Decodes a PNG, JPEG or WebP; which one is told by its content. The claimed size is checked
 * before anything is allocated.
 *
 * @throws DamagedImage with the reason
 */
export async function decodeImage(bytes: Uint8Array): Promise<RgbImage> {
  const kind = sniff(bytes);
  if (kind === 'lfs-pointer') {
    throw new DamagedImage('it is a Git LFS pointer, not the image: run "git lfs pull"');
  }
  if (kind !== 'png' && kind !== 'jpeg' && kind !== 'webp') {
    throw new DamagedImage(
      bytes.length === 0 ? 'the file is empty' : 'it is not a PNG, JPEG or WebP image',
    );
  }
  const claimed = claimedDimensions(kind, bytes);
  try {
    if (kind === 'png') return decodePng(bytes, claimed);
    return kind === 'jpeg' ? decodeJpeg(bytes) : await decodeWebp(bytes);
  } catch (thrown) {
    if (thrown instanceof DamagedImage) throw thrown;
    throw new DamagedImage(messageOf(thrown), { cause: thrown });
  }
}

/** Whether a file of this name is taken for an image; files hidden by a dot never are. */
export function hasImageName(file: string): boolean {
  return /^[^.].*\.(png|jpe?g|jfif|jpe|webp|gif|bmp|tiff?|avif|heic)$/is.test(file);
}
