import { useRef } from 'preact/hooks';
import { pictures } from './pictures';

/** The size of the picture that is shown; it stays known when the picture makes room for others. */
export function useShownSize(
  shown: string | undefined,
): { width: number; height: number } | undefined {
  const size = useRef<{ width: number; height: number }>(undefined);
  const picture = shown === undefined ? undefined : pictures.peek(shown);
  if (picture) size.current = { width: picture.width, height: picture.height };
  return shown === undefined ? undefined : size.current;
}
