import { cssColour, parseColour, type Colour } from '../colour';
import type { ChartTheme } from '../theme';

/** A colour by its lightness, and by how far it goes to red and to yellow (Ottosson's Oklab). */
interface Oklab {
  readonly lightness: number;
  readonly red: number;
  readonly yellow: number;
}

/**
 * From blue through grey to yellow: the pair that people with any common kind of colour blindness
 * tell apart, and as lightness only grows it is read in grey, too.
 */
const dark: Oklab = { lightness: 0.36, red: -0.02, yellow: -0.1 };
const bright: Oklab = { lightness: 0.93, red: -0.03, yellow: 0.13 };

/**
 * Colours for values from the least to the greatest. The greatest stand out from the background:
 * they are bright on a dark one and dark on a bright one.
 */
export function rampColours(count: number, { background }: ChartTheme): string[] {
  const onDark = luminanceOf(background) < 0.5;
  const [from, to] = onDark ? [dark, bright] : [bright, dark];
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 1 : i / (count - 1);
    const between = (a: number, b: number): number => a + (b - a) * share;
    return cssColour(
      fromOklab({
        lightness: between(from.lightness, to.lightness),
        red: between(from.red, to.red),
        yellow: between(from.yellow, to.yellow),
      }),
    );
  });
}

function luminanceOf(css: string): number {
  const { r, g, b } = parseColour(css) ?? { r: 0, g: 0, b: 0 };
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function fromOklab({ lightness, red, yellow }: Oklab): Colour {
  const long = (lightness + 0.3963377774 * red + 0.2158037573 * yellow) ** 3;
  const middle = (lightness - 0.1055613458 * red - 0.0638541728 * yellow) ** 3;
  const short = (lightness - 0.0894841775 * red - 1.291485548 * yellow) ** 3;
  return {
    r: encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    g: encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    b: encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
    a: 1,
  };
}

/** A part of linear light as sRGB has it. */
function encoded(linear: number): number {
  const part = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.max(0, Math.min(1, part));
}
