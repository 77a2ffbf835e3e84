import type { FuzzRandom } from './random';

/** Values that a reader of JSON may not have thought of. */
const values: readonly unknown[] = [
  ...[
    0,
    -1,
    1,
    0.5,
    4,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e308,
    null,
    true,
    '',
    'F64',
    'float16',
    'uint8',
  ],
  ...['string', 'int32', 'BF16', 'F4', '..', '../x', '/etc/passwd', 'C:\\x', '\u0000', '__proto__'],
  ...[
    [],
    [0],
    [2, 3],
    [-1],
    [1e9, 1e9],
    [2 ** 40, 2 ** 40, 0],
    {},
    { dtype: 'F32' },
    ['weights.bin'],
  ],
];

/** Sound JSON with one to three values of it changed, removed or doubled. */
export function mutatedJson(bytes: Buffer, random: FuzzRandom): Buffer {
  const root: unknown = JSON.parse(bytes.toString());
  for (let left = 1 + random.below(3); left > 0; left--) {
    const containers = containersIn(root);
    if (containers.length === 0) break;
    const container = random.of(containers);
    const key = random.of(Object.keys(container));
    switch (random.below(6)) {
      case 0:
        container[key] = structuredClone(random.of(containers));
        break;
      case 1:
        Reflect.deleteProperty(container, key);
        break;
      case 2:
        container[`${key}x`] = structuredClone(container[key]);
        break;
      default:
        container[key] = structuredClone(random.of(values));
    }
  }
  return Buffer.from(JSON.stringify(root));
}

type Container = Record<string, unknown>;

/** All objects and arrays that are not empty, outer ones first. */
function containersIn(root: unknown): Container[] {
  const found = new Set<Container>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || found.has(value as Container)) return;
    if (Object.keys(value).length > 0) found.add(value as Container);
    Object.values(value).forEach(visit);
  };
  visit(root);
  return [...found];
}
