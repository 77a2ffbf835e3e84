import type { Figure, Shape } from './figure';

/** Draws a figure on a canvas whose unit is a pixel of the figure. */
export function paintFigure(figure: Figure, context: CanvasRenderingContext2D): void {
  context.lineJoin = 'round';
  for (const shape of figure.back) paintShape(shape, figure, context);
  for (const { box, shapes } of figure.plots) {
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    for (const shape of shapes) paintShape(shape, figure, context);
    context.restore();
  }
}

function paintShape(shape: Shape, figure: Figure, context: CanvasRenderingContext2D): void {
  switch (shape.kind) {
    case 'rectangle': {
      const { left, top, width, height } = shape.box;
      context.fillStyle = shape.fill;
      context.fillRect(left, top, width, height);
      return;
    }
    case 'stroke':
      context.strokeStyle = shape.colour;
      context.lineWidth = shape.width;
      context.setLineDash([...shape.dash]);
      context.beginPath();
      context.moveTo(...shape.from);
      context.lineTo(...shape.to);
      context.stroke();
      context.setLineDash([]);
      return;
    case 'curve': {
      const path = new Path2D();
      if (shape.dash.length > 0) shape.polyline.drawDashed(path, shape.dash);
      else shape.polyline.draw(path);
      context.strokeStyle = shape.colour;
      context.lineWidth = shape.width;
      context.globalAlpha = shape.alpha;
      context.stroke(path);
      context.globalAlpha = 1;
      return;
    }
    case 'mark':
      context.fillStyle = shape.fill;
      context.fill(new Path2D(shape.path));
      return;
    case 'text':
      paintText(shape, figure.fontFamily, context);
  }
}

function paintText(
  shape: Extract<Shape, { kind: 'text' }>,
  fontFamily: string,
  context: CanvasRenderingContext2D,
): void {
  const { text, subscript = '', size, y } = shape;
  const weight = shape.bold ? '600 ' : '';
  const font = `${weight}${size}px ${fontFamily}`;
  const small = `${weight}${size * 0.75}px ${fontFamily}`;
  context.fillStyle = shape.fill;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.font = small;
  const tail = context.measureText(subscript).width;
  context.font = font;
  const width = context.measureText(text).width;
  const share = { start: 0, middle: 0.5, end: 1 }[shape.anchor];
  const x = shape.x - (width + tail) * share;
  const baseline = y + size * 0.35;
  context.fillText(text, x, baseline);
  if (!subscript) return;
  context.font = small;
  context.fillText(subscript, x + width, baseline + size * 0.25);
}
