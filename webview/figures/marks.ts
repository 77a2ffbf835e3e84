import type { LineMark } from './palette';

/** Corners of a shape of radius 1 around 0, 0, y downward; undefined: a circle. */
export function markCorners(mark: LineMark): readonly (readonly [number, number])[] | undefined {
  switch (mark) {
    case 'circle':
      return undefined;
    case 'square':
      return regular(4, Math.PI / 4, 1.15);
    case 'triangle':
      return regular(3, -Math.PI / 2, 1.3);
    case 'diamond':
      return regular(4, 0, 1.3);
    case 'cross':
      return cross(1.15, 0.4);
    case 'star':
      return star(1.45, 0.6);
  }
}

/** The same as data of an SVG path, at a place and a size. */
export function markPath(mark: LineMark, x: number, y: number, radius: number): string {
  const at = (value: number): string => String(Number(value.toFixed(2)));
  const corners = markCorners(mark);
  if (!corners) {
    const turn = `a${at(radius)} ${at(radius)} 0 1 0`;
    return `M${at(x - radius)} ${at(y)}${turn}${at(2 * radius)} 0${turn}${at(-2 * radius)} 0z`;
  }
  const points = corners.map(([dx, dy]) => `${at(x + dx * radius)} ${at(y + dy * radius)}`);
  return `M${points.join('L')}z`;
}

function regular(corners: number, turn: number, radius: number): [number, number][] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function star(outer: number, inner: number): [number, number][] {
  return Array.from({ length: 10 }, (_, i) => {
    const angle = -Math.PI / 2 + (Math.PI * i) / 5;
    const radius = i % 2 === 0 ? outer : inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function cross(long: number, half: number): [number, number][] {
  const quarter: [number, number][] = [
    [half, -half],
    [long, -half],
    [long, half],
  ];
  return [0, 1, 2, 3].flatMap((turns) =>
    quarter.map(([x, y]): [number, number] => {
      let point: [number, number] = [x, y];
      for (let i = 0; i < turns; i++) point = [-point[1], point[0]];
      return point;
    }),
  );
}
