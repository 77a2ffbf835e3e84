import { describe, expect, it } from 'vitest';
import {
  contrast,
  cssColour,
  mix,
  parseColour,
  readable,
  type Colour,
} from '../../../webview/figures/colour';

function colour(text: string): Colour {
  const parsed = parseColour(text);
  if (!parsed) throw new Error(`${text} is no colour.`);
  return parsed;
}

describe('a colour', () => {
  it.each(['#3794ff', 'rgba(204, 204, 204, 0.5)', '#000000'])('%s is written as read', (text) => {
    expect(cssColour(colour(text))).toBe(text);
  });

  it('is read in all the ways that themes write it', () => {
    expect(cssColour(colour('#fa0'))).toBe('#ffaa00');
    expect(cssColour(colour('#ff000080'))).toBe('rgba(255, 0, 0, 0.502)');
    expect(cssColour(colour('rgb(1 2 3 / 0.25)'))).toBe('rgba(1, 2, 3, 0.25)');
    expect(parseColour('')).toBeUndefined();
    expect(parseColour('var(--x)')).toBeUndefined();
  });

  it('between two others is between them', () => {
    expect(cssColour(mix(colour('#000000'), colour('#ffffff'), 0.5))).toBe('#808080');
  });

  it('has the contrast that WCAG computes', () => {
    expect(contrast(colour('#ffffff'), colour('#000000'))).toBeCloseTo(21, 6);
    // https://www.w3.org/TR/WCAG22/ gives #767676 on white as the faintest grey for text.
    expect(contrast(colour('#767676'), colour('#ffffff'))).toBeCloseTo(4.54, 2);
  });

  it.each(['#ffff00', '#89d185', '#d18616', '#ffffff'])('%s is darkened for paper', (text) => {
    const white = colour('#ffffff');
    expect(contrast(readable(colour(text), white, 3), white)).toBeGreaterThanOrEqual(3);
  });

  it('that is seen well enough stays', () => {
    expect(cssColour(readable(colour('#0000ff'), colour('#ffffff'), 3))).toBe('#0000ff');
  });
});
