/** A colour, each part from 0 to 1. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb()` and `rgba()`, which is how themes give colours. */
export function parseColour(text: string): Colour | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const part = (at: number): number => parseInt(digits.slice(at, at + 2), 16) / 255;
    return { r: part(0), g: part(2), b: part(4), a: digits.length >= 8 ? part(6) : 1 };
  }
  const parts = /^rgba?\(([^)]*)\)$/i
    .exec(text.trim())?.[1]
    .split(/[\s,/]+/)
    .map(Number);
  if (!parts || parts.length < 3 || parts.some(Number.isNaN)) return undefined;
  const [r, g, b, a = 1] = parts;
  return { r: r / 255, g: g / 255, b: b / 255, a };
}

/** As CSS, canvases and SVG understand it. */
export function cssColour({ r, g, b, a }: Colour): string {
  const [red, green, blue] = [r, g, b].map((part) => Math.round(part * 255));
  return a === 1
    ? `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
    : `rgba(${red}, ${green}, ${blue}, ${Number(a.toFixed(3))})`;
}

/** Part of the way from one colour to another; `share` 0 is the first. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const between = (a: number, b: number): number => a + (b - a) * share;
  return {
    r: between(from.r, to.r),
    g: between(from.g, to.g),
    b: between(from.b, to.b),
    a: between(from.a, to.a),
  };
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

/** A colour, changed towards black or white until it is seen well enough on a background. */
export function readable(colour: Colour, background: Colour, least: number): Colour {
  const away = luminance(background) > 0.18 ? 0 : 1;
  const target = { r: away, g: away, b: away, a: 1 };
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix({ ...colour, a: 1 }, target, share);
    if (contrast(candidate, background) >= least) return candidate;
  }
  return target;
}

function luminance({ r, g, b }: Colour): number {
  const linear = (part: number): number =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
