import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Figure } from './figure';
import { paintFigure } from './paint';

/** A figure on the page, as sharp as the screen is. Says nothing to a screen reader. */
export function FigureCanvas({ figure }: { readonly figure: Figure }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = figure;
  const ratio = devicePixelRatio;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    // Setting the size clears the canvas, too.
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    paintFigure(figure, context);
  }, [figure, ratio]);
  return (
    <canvas
      ref={canvas}
      class="figure-canvas"
      aria-hidden="true"
      style={{ width: `${width}px`, height: `${height}px` }}
    />
  );
}
