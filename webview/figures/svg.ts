import type { Pen } from './polyline';
import type { Box, Figure, Shape } from './figure';

/** Writes a figure as SVG: curves as paths, texts as texts. */
export function figureSvg(figure: Figure): string {
  const { width, height, plots, title, fontFamily } = figure;
  const size = `width="${width}" height="${short(height)}" viewBox="0 0 ${width} ${short(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${escapeXml(fontFamily)}">`,
    `<title>${escapeXml(title)}</title>`,
    ...plots.map(({ box }, i) => `<clipPath id="plot-${i}"><rect ${placeOf(box)}/></clipPath>`),
    ...figure.back.map(shapeSvg),
    ...plots.flatMap(({ shapes }, i) => [
      `<g clip-path="url(#plot-${i})">`,
      ...shapes.map(shapeSvg),
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n');
}

function shapeSvg(shape: Shape): string {
  switch (shape.kind) {
    case 'rectangle':
      return `<rect ${placeOf(shape.box)} ${fill(shape.fill)}/>`;
    case 'stroke': {
      const [x1, y1] = shape.from.map(short);
      const [x2, y2] = shape.to.map(short);
      const dash = shape.dash.length > 0 ? ` stroke-dasharray="${shape.dash.join(' ')}"` : '';
      const style = `${stroke(shape.colour)} stroke-width="${shape.width}"${dash}`;
      return `<path d="M${x1} ${y1}L${x2} ${y2}" ${style}/>`;
    }
    case 'curve': {
      const pen = new PathWriter();
      if (shape.dash.length > 0) shape.polyline.drawDashed(pen, shape.dash);
      else shape.polyline.draw(pen);
      const alpha = shape.alpha < 1 ? ` stroke-opacity="${shape.alpha}"` : '';
      const style = `fill="none" ${stroke(shape.colour)} stroke-width="${shape.width}"${alpha}`;
      return `<path d="${pen.data}" ${style} stroke-linejoin="round"/>`;
    }
    case 'mark':
      return `<path d="${shape.path}" ${fill(shape.fill)}/>`;
    case 'text':
      return textSvg(shape);
  }
}

function placeOf({ left, top, width, height }: Box): string {
  const place = `x="${short(left)}" y="${short(top)}"`;
  return `${place} width="${short(width)}" height="${short(height)}"`;
}

function textSvg(shape: Extract<Shape, { kind: 'text' }>): string {
  const { x, y, text, subscript, size, bold, anchor } = shape;
  const weight = bold ? ' font-weight="600"' : '';
  // Not every program knows dominant-baseline; a third of the size is the middle of the letters.
  const place = `x="${short(x)}" y="${short(y + size * 0.35)}"`;
  const style = `font-size="${size}"${weight} text-anchor="${anchor}" ${fill(shape.fill)}`;
  const tail =
    subscript === undefined
      ? ''
      : `<tspan font-size="${short(size * 0.75)}" dy="${short(size * 0.25)}">${escapeXml(subscript)}</tspan>`;
  return `<text ${place} ${style}>${escapeXml(text)}${tail}</text>`;
}

/** Data of a path, with a tenth of a pixel of precision and no letter too many. */
class PathWriter implements Pen {
  private readonly parts: string[] = [];

  get data(): string {
    return this.parts.join('');
  }

  moveTo(x: number, y: number): void {
    this.parts.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.parts.push(`L${short(x)} ${short(y)}`);
  }
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function fill(colour: string): string {
  return paint('fill', colour);
}

function stroke(colour: string): string {
  return paint('stroke', colour);
}

/** SVG 1.1 knows no rgba(). */
function paint(attribute: 'fill' | 'stroke', colour: string): string {
  const parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(colour);
  if (!parts) return `${attribute}="${colour}"`;
  const [, red, green, blue, alpha] = parts;
  return `${attribute}="rgb(${red},${green},${blue})" ${attribute}-opacity="${alpha}"`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
