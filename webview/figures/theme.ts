import { signal } from '@preact/signals';
import { cssColour, mix, parseColour, readable, type Colour } from './colour';

/** What the editor's theme says about charts; canvases cannot read CSS variables themselves. */
export interface ChartTheme {
  readonly background: string;
  readonly foreground: string;
  /** Labels of axes. */
  readonly muted: string;
  readonly grid: string;
  readonly frame: string;
  readonly accent: string;
  /** Colours of lines; more lines than colours begin anew. */
  readonly lines: readonly string[];
  /** Fill of a band in which values are expected. */
  readonly band: string;
  readonly highContrast: boolean;
  readonly fontFamily: string;
}

/** WCAG 2.2, 1.4.11: graphics that carry meaning. */
const LEAST_CONTRAST = 3;

const bright: Colour = { r: 1, g: 1, b: 1, a: 1 };
const ink: Colour = { r: 0.13, g: 0.13, b: 0.13, a: 1 };

/** The theme of the page; whoever reads it is drawn again when another one is chosen. */
export const chartTheme = signal<ChartTheme>(readTheme());

let watching = false;

/** Follows the editor's theme from now on. */
export function watchTheme(): void {
  if (watching) return;
  watching = true;
  const update = (): void => {
    const next = readTheme();
    if (JSON.stringify(next) !== JSON.stringify(chartTheme.value)) chartTheme.value = next;
  };
  update();
  const observer = new MutationObserver(update);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
}

/** The same lines on white paper, for figures that go into a text. */
export function paperTheme(theme: ChartTheme): ChartTheme {
  return themeOf({
    background: bright,
    foreground: ink,
    base: theme.lines.slice(0, 6).map((line) => parseColour(line) ?? ink),
    accent: ink,
    highContrast: false,
    fontFamily: theme.fontFamily,
  });
}

function readTheme(): ChartTheme {
  if (!('document' in globalThis) || !document.body) return unthemed();
  const style = getComputedStyle(document.body);
  const colour = (name: string, fallback: Colour): Colour =>
    parseColour(style.getPropertyValue(`--vscode-${name}`)) ?? fallback;
  const background = colour('editor-background', ink);
  const foreground = colour('editor-foreground', bright);
  const names = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'];
  const { classList } = document.body;
  return themeOf({
    background,
    foreground,
    base: names.map((name) => colour(`charts-${name}`, foreground)),
    accent: colour('focusBorder', foreground),
    highContrast:
      classList.contains('vscode-high-contrast') ||
      classList.contains('vscode-high-contrast-light'),
    fontFamily: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
  });
}

interface Source {
  readonly background: Colour;
  readonly foreground: Colour;
  readonly base: readonly Colour[];
  readonly accent: Colour;
  readonly highContrast: boolean;
  readonly fontFamily: string;
}

function themeOf({ background, foreground, base, accent, ...rest }: Source): ChartTheme {
  const faint = (share: number): string => cssColour(mix(background, foreground, share));
  return {
    background: cssColour(background),
    foreground: cssColour(foreground),
    muted: cssColour(readable(mix(background, foreground, 0.7), background, 4.5)),
    grid: faint(rest.highContrast ? 0.3 : 0.1),
    frame: faint(rest.highContrast ? 1 : 0.25),
    accent: cssColour(accent),
    lines: lineColours(base).map((line) =>
      cssColour(readable(line, background, rest.highContrast ? 4.5 : LEAST_CONTRAST)),
    ),
    band: cssColour({ ...base[2], a: rest.highContrast ? 0.3 : 0.16 }),
    ...rest,
  };
}

/** The theme's six, then what lies between two of them that are far enough apart. */
function lineColours(base: readonly Colour[]): Colour[] {
  const [blue, orange, green, purple, red, yellow] = base;
  const between = [
    mix(blue, green, 0.55),
    mix(red, purple, 0.55),
    mix(yellow, green, 0.5),
    mix(blue, purple, 0.5),
    mix(orange, purple, 0.5),
    mix(red, yellow, 0.45),
  ];
  return [...base, ...between];
}

function unthemed(): ChartTheme {
  return themeOf({
    background: bright,
    foreground: ink,
    base: Array.from({ length: 6 }, () => ink),
    accent: ink,
    highContrast: false,
    fontFamily: 'sans-serif',
  });
}
