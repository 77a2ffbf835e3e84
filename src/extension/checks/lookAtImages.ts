import { DamagedImage } from '../../data/imageSource';
import { openSource } from '../../data/openSource';
import { UserError } from '../../shared/userError';

/** What a look at the beginning of a set has shown. */
export interface ImagesSeen {
  /** For people: `folder of images`, `Parquet`. */
  readonly kind: string;
  /** How many images it holds, test images included; undefined where only reading all would tell. */
  readonly total: number | undefined;
}

/** As many unreadable images as a training skips unless told otherwise. */
const MAX_DAMAGED = 10;
/** A long archive may hold its first image far behind; the trainer will see. */
const PATIENCE_MS = 3_000;

/**
 * Opens a set and decodes its first image, so that a mistaken choice is told at once and not by a
 * trainer that has just been started. Sets of any size are answered within seconds.
 *
 * @param source `emoji-32`, or an absolute path
 * @throws UserError that says what was found instead of images
 */
export async function lookAtImages(source: string): Promise<ImagesSeen> {
  const opened = await openSource(source);
  const { kind, total } = opened;
  const patienceEnds = performance.now() + PATIENCE_MS;
  const damaged: string[] = [];
  for await (const image of opened.images()) {
    try {
      await image.decode();
      return { kind, total };
    } catch (thrown) {
      if (!(thrown instanceof DamagedImage)) throw thrown;
      damaged.push(`${image.name} (${thrown.message})`);
    }
    if (damaged.length > MAX_DAMAGED) break;
    if (performance.now() > patienceEnds) return { kind, total };
  }
  const why = damaged.length === 0 ? '' : `; unreadable: ${damaged.slice(0, 3).join(', ')}`;
  throw new UserError(
    `"${source}" (${kind}) has no readable images${why}. Choose another, or unpack or repair it.`,
  );
}
