import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { PictureWish } from './pictureWish';

/** Shorter waits are not worth a word. */
const LATE_MS = 300;

/** What a place on the page shows of a picture. */
export interface ShownPicture {
  /** Address of the decoded picture to draw: the one before while the next is on its way. */
  readonly shown: string | undefined;
  /** Whether the picture is missing or damaged; it is tried again until it comes. */
  readonly failed: boolean;
  /** Whether the picture has been on its way for a while. */
  readonly late: boolean;
  /** Tries again now. */
  readonly retry: () => void;
}

/** Shows a picture, decoded before it replaces the one before. */
export function usePicture(address: string | undefined): ShownPicture {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const wish = useRef<PictureWish>(undefined);
  wish.current ??= new PictureWish(() => draw(undefined));
  wish.current.wish(address);
  const { shown, failed } = wish.current;
  const waits = !failed && shown !== address;
  const [late, setLate] = useState(false);
  useEffect(() => () => wish.current?.end(), []);
  useEffect(() => {
    setLate(false);
    if (!waits) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  return { shown, failed, late: waits && late, retry: () => wish.current?.retry() };
}
