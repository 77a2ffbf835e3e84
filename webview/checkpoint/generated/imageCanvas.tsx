import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface ImageCanvasProps {
  readonly image: ImageData;
  /** CSS pixels per pixel of the image. */
  readonly scale: number;
  /** Says in words what is to be seen. */
  readonly label: string;
}

/** An image with crisp pixels, never wider than there is room. */
export function ImageCanvas({ image, scale, label }: ImageCanvasProps): JSX.Element {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    ref.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [image]);
  return (
    <canvas
      ref={ref}
      class="crisp"
      role="img"
      aria-label={label}
      width={image.width}
      height={image.height}
      style={{ width: `${image.width * scale}px` }}
    />
  );
}
