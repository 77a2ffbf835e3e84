import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PicturePart } from './cellPart';
import { pictures, type Picture } from './pictures';
import { backingScale } from './zoom';

export interface PictureCanvasProps {
  /** Of a decoded picture. */
  readonly address: string;
  /** The part to draw, in its pixels; all of it without. */
  readonly part?: PicturePart | undefined;
  /** CSS pixels per pixel of the picture. */
  readonly scale: number;
  readonly class?: string;
  /** Says in words what is to be seen; without, the canvas says nothing to a screen reader. */
  readonly label?: string;
}

/**
 * Draws a picture or a part of it with crisp pixels. What was drawn stays until the next picture
 * is decoded, so nothing flashes.
 */
export function PictureCanvas(props: PictureCanvasProps): JSX.Element {
  const { address, part, scale, label } = props;
  const ref = useRef<HTMLCanvasElement>(null);
  const { left, top, width, height } = part ?? {};
  useLayoutEffect(() => {
    let wanted = true;
    const show = (picture: Picture): void => {
      if (!wanted || !ref.current) return;
      draw(ref.current, picture, part ?? { left: 0, top: 0, ...sizeOf(picture) }, scale);
    };
    const picture = pictures.peek(address);
    if (picture) show(picture);
    // It made room for others meanwhile.
    else void pictures.load(address).then(show, () => undefined);
    return () => {
      wanted = false;
    };
  }, [address, left, top, width, height, scale]);
  return (
    <canvas
      ref={ref}
      class={props.class}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

function sizeOf({ width, height }: Picture): { width: number; height: number } {
  return { width, height };
}

function draw(
  canvas: HTMLCanvasElement,
  { bitmap }: Picture,
  part: PicturePart,
  scale: number,
): void {
  const { left, top, width, height } = part;
  const ratio = scale * window.devicePixelRatio;
  const backing = backingScale(ratio, width, height);
  const [w, h] = [width * backing, height * backing];
  // Setting the size clears the canvas.
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.width = `${width * scale}px`;
  canvas.style.height = `${height * scale}px`;
  canvas.classList.toggle('smooth', ratio < 1 || backing > 1);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, left, top, width, height, 0, 0, w, h);
}
