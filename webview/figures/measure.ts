import type { ChartTheme } from './theme';

/** Width of a text in pixels, set at a size in pixels. */
export type Measure = (text: string, size: number) => number;

/** Measures texts in the font of a theme. */
export function measureIn({ fontFamily }: ChartTheme): Measure {
  const pen = document.createElement('canvas').getContext('2d');
  return (text, size) => {
    if (!pen) return 0.6 * size * text.length;
    pen.font = `${size}px ${fontFamily}`;
    return pen.measureText(text).width;
  };
}
