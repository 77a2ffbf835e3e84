import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Gives an element of the toolkit attributes after it has connected: some of them write a name and
 * a role of their own over what was given before.
 *
 * @param attributes null removes one
 */
export function useOwnAttributes(
  attributes: Readonly<Record<string, string | null>>,
): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) ref.current?.removeAttribute(name);
      else ref.current?.setAttribute(name, value);
    }
  });
  return ref;
}
