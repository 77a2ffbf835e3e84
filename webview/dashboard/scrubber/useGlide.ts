import { useEffect, useRef, useState } from 'preact/hooks';
import { reducesMotion } from '../../ui/motion';

const GLIDE_MS = 300;

/**
 * A value that glides to where it grows, so that nothing jumps under the pointer. It is there at
 * once where it shrinks, where `subject` is another one, and where motion is reduced.
 */
export function useGlide(target: number, subject: unknown): number {
  const [shown, setShown] = useState(target);
  const at = useRef({ value: target, subject });
  useEffect(() => {
    const show = (value: number): void => {
      at.current = { value, subject };
      setShown(value);
    };
    const from = at.current.value;
    if (from >= target || from <= 0 || at.current.subject !== subject || reducesMotion()) {
      show(target);
      return;
    }
    const started = performance.now();
    const glide = (now: number): void => {
      const part = Math.min(1, (now - started) / GLIDE_MS);
      show(from + (target - from) * (1 - (1 - part) ** 3));
      if (part < 1) frame = requestAnimationFrame(glide);
    };
    let frame = requestAnimationFrame(glide);
    return () => cancelAnimationFrame(frame);
  }, [target, subject]);
  return shown;
}
