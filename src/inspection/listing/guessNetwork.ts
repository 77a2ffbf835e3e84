import type {
  Corrections,
  LayerGeometry,
  NetworkPart,
  NetworkRole,
  WeightFormat,
} from '../../shared/inspection';
import { type Block, blocksOf, type PlacedLayer } from './blocks';
import { chooseImageSize, type Head } from './chooseImageSize';
import type { FoundLayer } from './foundLayer';
import { guessGeometry } from './guessGeometry';
import { guessKind, isEmbedding } from './guessKind';
import { channelsOf, matrixSides } from './layerSizes';
import { type Plan, type PlannedLayer, walk } from './plan';

/** What is made of a network whose file does not describe it. */
export interface GuessedNetwork {
  readonly role: NetworkRole;
  /** In the order of the network; of a residual block the shortcut comes last. */
  readonly order: readonly FoundLayer[];
  /** By the layer's name, with the corrections. */
  readonly geometries: ReadonlyMap<string, LayerGeometry>;
  /** Absent where the layers do not follow each other as their names tell. */
  readonly structure?: NetworkPart;
}

/** Parts in which images meet each other: no sequence and no residual block. */
const attention = /attn|attention|^(?:theta|phi)$|transformer|_sa$/i;

/** Guesses how the layers of one network, in their order, follow each other. */
export function guessNetwork(
  layers: readonly PlacedLayer[],
  told: NetworkRole,
  format: WeightFormat,
  corrections: Corrections,
): GuessedNetwork {
  const role = told === 'unknown' ? guessRole(layers) : told;
  const assembly = new Assembly(layers, role, format, corrections);
  const { plan, planned, heads, sound, halvings, endsInKernel } = assembly.assemble();
  const side = assembly.startsWithImage
    ? chooseImageSize(heads, planned, halvings, endsInKernel)
    : 1;
  const geometries = new Map([...planned].map(([name, { geometry }]) => [name, geometry] as const));
  const { part } = walk(plan, [side, side], planned, (name, inputSize) => {
    const geometry = geometries.get(name);
    if (geometry) geometries.set(name, { ...geometry, inputSize });
  });
  const known = sound && role !== 'generator' && !layers.some(isAttention);
  const order = blocksOf(layers).flatMap((item) =>
    'block' in item ? [...item.block.main, ...item.block.shortcut] : [item.layer],
  );
  return {
    role,
    order: order.map(({ layer }) => layer),
    geometries,
    ...(known && { structure: part }),
  };
}

function isAttention({ path }: PlacedLayer): boolean {
  return path.some((segment) => attention.test(segment));
}

/** Discriminators make one number of an image, generators an image of a vector. */
function guessRole(layers: readonly PlacedLayer[]): NetworkRole {
  const chain = layers.filter((layer) => !isEmbedding(layer));
  const images = chain.filter(({ layer }) => layer.shape.length === 4);
  if (images.length === 0) return 'unknown';
  const isColour = (channels: number): boolean => channels === 1 || channels === 3;
  const first = images[0].layer.shape;
  const end = chain[chain.length - 1].layer.shape;
  const lastImage = images[images.length - 1].layer.shape;
  if (isColour(first[1])) return end[0] === 1 ? 'discriminator' : 'unknown';
  return isColour(lastImage[0]) || isColour(lastImage[1]) ? 'generator' : 'unknown';
}

/** Puts a network together, layer by layer, in the order of its names. */
class Assembly {
  readonly startsWithImage: boolean;
  private readonly planned = new Map<string, PlannedLayer>();
  private readonly parts: Plan[] = [];
  private readonly heads: Head[] = [];
  private readonly images: readonly PlacedLayer[];
  private channels: number | undefined;
  /** Length of the vector that came out last. */
  private features: number | undefined;
  private sound = true;
  private halvings = 0;
  private endsInKernel = false;

  constructor(
    private readonly layers: readonly PlacedLayer[],
    private readonly role: NetworkRole,
    private readonly format: WeightFormat,
    private readonly corrections: Corrections,
  ) {
    this.images = layers.filter(({ layer }) => layer.shape.length === 4);
    const first = layers.find((layer) => !isEmbedding(layer));
    this.startsWithImage =
      first?.layer.shape.length === 4 && (role !== 'generator' || first.layer.shape[1] <= 4);
  }

  assemble(): {
    plan: Plan;
    planned: ReadonlyMap<string, PlannedLayer>;
    heads: readonly Head[];
    sound: boolean;
    halvings: number;
    endsInKernel: boolean;
  } {
    const items = blocksOf(this.layers);
    const transposes = this.layers.some(
      (placed) =>
        placed.layer.shape.length === 4 && this.kindOf(placed, undefined) === 'convTranspose',
    );
    const widens = this.role === 'generator' && !transposes && !this.startsWithImage;
    items.forEach((item, i) => {
      if ('block' in item) this.addBlock(item.block, i === 0);
      else if (isEmbedding(item.layer)) this.addEmbedding(item.layer);
      else if (item.layer.layer.shape.length === 2) this.addDense(item.layer);
      else {
        const inside = i > 0 && i + 1 < items.length && !items.some((other) => 'block' in other);
        this.unflattenFor(item.layer);
        if (widens && inside) this.parts.push({ kind: 'upsample' });
        this.parts.push(this.convolution(item.layer));
      }
    });
    const { planned, heads, sound, halvings, endsInKernel } = this;
    return { plan: sequence(this.parts), planned, heads, sound, halvings, endsInKernel };
  }

  private kindOf(placed: PlacedLayer, channels: number | undefined): LayerGeometry['kind'] {
    const { name } = placed.layer;
    const next = this.images[this.images.indexOf(placed) + 1];
    return this.corrections[name]?.kind ?? guessKind(placed, { role: this.role, channels, next });
  }

  /** Takes a layer into the plan, with what the person knows of it. */
  private plan(placed: PlacedLayer, geometry: LayerGeometry): Plan {
    const { name, shape } = placed.layer;
    const correction = this.corrections[name];
    this.planned.set(name, {
      shape,
      geometry: { ...geometry, ...correction },
      fixedSize: correction?.inputSize !== undefined,
    });
    return { kind: 'layer', name };
  }

  private convolution(placed: PlacedLayer): Plan {
    const { shape, order, name } = placed.layer;
    const kind = this.kindOf(placed, this.channels);
    const separate =
      order === 'depthwise' || (kind === 'conv' && shape[1] === 1 && (this.channels ?? 1) > 1);
    const groups = this.corrections[name]?.groups ?? (separate ? (this.channels ?? shape[0]) : 1);
    const isLast = this.layers[this.layers.length - 1] === placed;
    const judges = kind === 'conv' && isLast && shape[0] === 1 && shape[2] === 4;
    const begins = kind === 'convTranspose' && this.channels === undefined && !this.features;
    const kernel = [shape[2], shape[3]] as const;
    const place = judges || begins ? 'whole' : 'inside';
    const geometry = guessGeometry(kind, kernel, groups, place, this.format);
    const { inputs, outputs } = channelsOf(shape, { kind, groups });
    if (this.channels !== undefined && this.channels !== inputs) this.sound = false;
    this.channels = outputs;
    if (kind === 'conv' && geometry.stride[0] === 2) this.halvings++;
    if (judges) this.endsInKernel = true;
    return this.plan(placed, geometry);
  }

  private addDense(placed: PlacedLayer): void {
    const [rows, columns] = matrixSides(placed.layer.shape, 'dense');
    if (this.channels !== undefined) {
      if (columns === this.channels) this.parts.push({ kind: 'sumPool' });
      else if (columns % this.channels === 0) {
        this.heads.push({ before: sequence(this.parts), area: columns / this.channels });
      } else this.sound = false;
    } else if (this.features !== undefined && this.features !== columns) this.sound = false;
    this.parts.push(this.plan(placed, guessGeometry('dense', [1, 1], 1, 'inside', this.format)));
    this.channels = undefined;
    this.features = rows;
  }

  /** The projection discriminator adds the product with a class's vector to its last layer. */
  private addEmbedding(placed: PlacedLayer): void {
    const embedded = this.plan(
      placed,
      guessGeometry('embedding', [1, 1], 1, 'inside', this.format),
    );
    const last = this.parts[this.parts.length - 1] as Plan | undefined;
    const judge = last?.kind === 'layer' ? this.planned.get(last.name) : undefined;
    if (
      judge?.shape.length === 2 &&
      judge.shape[0] === 1 &&
      judge.shape[1] === placed.layer.shape[1]
    ) {
      this.parts.splice(-1, 1, { kind: 'sum', branches: [last as Plan, embedded] });
    } else this.sound = false;
  }

  /**
   * Blocks whose shortcut has a convolution halve the image (double it in generators), as in the
   * networks of the paper's authors; the shortcut of the first one is pooled before.
   */
  private addBlock({ main, shortcut }: Block, first: boolean): void {
    this.unflattenFor(main[0]);
    const input = this.channels;
    const resizes = shortcut.length > 0;
    const generates = this.role === 'generator';
    const before: Plan[] = resizes && generates ? [{ kind: 'upsample' }] : [];
    const after: Plan[] = resizes && !generates ? [{ kind: 'averagePool' }] : [];
    if (after.length > 0) this.halvings++;
    const branch = [...before, ...main.map((layer) => this.convolution(layer)), ...after];
    const output = this.channels;
    this.channels = input;
    const other = shortcut.map((layer) => this.convolution(layer));
    if (shortcut.length > 0 && this.channels !== output) this.sound = false;
    this.channels = output;
    if (shortcut.length === 0 && input !== output) this.sound = false;
    const pooledFirst = first ? [...after, ...other] : [...other, ...after];
    const bypass: Plan =
      shortcut.length === 0 ? { kind: 'identity' } : sequence([...before, ...pooledFirst]);
    this.parts.push({ kind: 'sum', branches: [sequence(branch), bypass] });
  }

  /** Makes an image of the vector that comes to a convolution. */
  private unflattenFor(placed: PlacedLayer): void {
    if (this.channels !== undefined || this.features === undefined) return;
    const kind = this.kindOf(placed, undefined);
    const { inputs } = channelsOf(placed.layer.shape, { kind, groups: 1 });
    const side = Math.max(1, Math.round(Math.sqrt(this.features / inputs)));
    if (side * side * inputs !== this.features) this.sound = false;
    this.parts.push({ kind: 'unflatten', size: [side, side] });
    this.channels = inputs;
  }
}

function sequence(parts: readonly Plan[]): Plan {
  return { kind: 'sequence', parts: [...parts] };
}
