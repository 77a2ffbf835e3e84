import type { InspectionState, ToCheckpointPage } from '../../shared/checkpointPage';
import type {
  FileListing,
  GradientBound,
  LayerListing,
  LayerNumbers,
  NetworkVerdict,
} from '../../shared/inspection';

/** What a page is told of one file. */
export type FileMessage = Extract<
  ToCheckpointPage,
  { readonly type: 'listing' | 'unreadable' | 'numbers' | 'verdict' | 'state' }
>;

/**
 * Everything that is known of a file so far: what a page needs that is shown again, and what an
 * inspection that goes on need not compute again.
 */
export class InspectionKnowledge {
  private listing: FileListing | undefined;
  private unreadable: string | undefined;
  private readonly numbers = new Map<string, LayerNumbers>();
  private readonly verdicts = new Map<string, NetworkVerdict>();
  private lower: GradientBound | undefined;
  private state: InspectionState | undefined;

  constructor(private readonly file: string) {}

  get isListed(): boolean {
    return this.listing !== undefined;
  }

  get isDone(): boolean {
    return this.state?.kind === 'done';
  }

  /** Folder of the run that the file belongs to. */
  get run(): string | undefined {
    return this.listing?.own?.run;
  }

  has(layer: string): boolean {
    return this.listing?.layers.some(({ name }) => name === layer) ?? false;
  }

  /** What has been computed, by the layer's name. */
  get known(): Readonly<Record<string, LayerNumbers>> {
    return Object.fromEntries(this.numbers);
  }

  /** All of it in the order in which a page wants it. */
  messages(): FileMessage[] {
    const { file, listing, unreadable, state } = this;
    return [
      ...(unreadable === undefined ? [] : [{ type: 'unreadable', file, why: unreadable } as const]),
      ...(listing === undefined ? [] : [{ type: 'listing', file, listing } as const]),
      ...this.computed(),
      ...(state === undefined ? [] : [{ type: 'state', file, state } as const]),
    ];
  }

  forget(): void {
    this.listing = undefined;
    this.unreadable = undefined;
    this.numbers.clear();
    this.verdicts.clear();
    this.lower = undefined;
    this.state = undefined;
  }

  /**
   * A listing came: the first, or another one after a correction, by which numbers of layers whose
   * shape or geometry changed are void.
   *
   * @returns whether some of the known numbers were void, and what a page is told
   */
  takeListing(listing: FileListing): { readonly isVoid: boolean; readonly told: FileMessage[] } {
    const { file, listing: before } = this;
    this.unreadable = undefined;
    if (JSON.stringify(before) === JSON.stringify(listing)) return { isVoid: false, told: [] };
    this.listing = listing;
    this.verdicts.clear();
    const isVoid = this.dropVoidNumbers(before?.layers ?? [], listing.layers);
    return { isVoid, told: [{ type: 'listing', file, listing }, ...this.computed()] };
  }

  takeNumbers(layer: string, numbers: LayerNumbers): FileMessage[] {
    this.numbers.set(layer, { ...this.numbers.get(layer), ...numbers });
    return [{ type: 'numbers', file: this.file, layer, numbers }];
  }

  takeVerdict(said: NetworkVerdict): FileMessage[] {
    const verdict = this.withLower(said);
    this.verdicts.set(verdict.network, verdict);
    return [{ type: 'verdict', file: this.file, verdict }];
  }

  /** Gradients were met by a discriminator; the largest ever met bounds it from below. */
  takeGradients(bound: GradientBound): FileMessage[] {
    if (this.lower && this.lower.largest >= bound.largest) return [];
    this.lower = bound;
    return [...this.verdicts.values()].flatMap((verdict) =>
      this.isDiscriminator(verdict.network) ? this.takeVerdict(verdict) : [],
    );
  }

  takeState(state: InspectionState): FileMessage[] {
    this.state = state;
    return [{ type: 'state', file: this.file, state }];
  }

  takeUnreadable(why: string): FileMessage[] {
    this.unreadable = why;
    return [{ type: 'unreadable', file: this.file, why }];
  }

  private computed(): FileMessage[] {
    const { file } = this;
    return [
      ...[...this.numbers].map(
        ([layer, numbers]) => ({ type: 'numbers', file, layer, numbers }) as const,
      ),
      ...[...this.verdicts.values()].map(
        (verdict) => ({ type: 'verdict', file, verdict }) as const,
      ),
    ];
  }

  private dropVoidNumbers(before: readonly LayerListing[], now: readonly LayerListing[]): boolean {
    let isVoid = false;
    for (const [name, numbers] of [...this.numbers]) {
      const [old, layer] = [before, now].map((layers) => layers.find((one) => one.name === name));
      if (old && layer && matrixOf(old) === matrixOf(layer)) {
        if (JSON.stringify(old.geometry) === JSON.stringify(layer.geometry)) continue;
        const { weight, spectrum } = numbers;
        this.numbers.set(name, { ...(weight && { weight }), ...(spectrum && { spectrum }) });
      } else {
        this.numbers.delete(name);
      }
      isVoid = true;
    }
    return isVoid;
  }

  private withLower(verdict: NetworkVerdict): NetworkVerdict {
    const { lower } = this;
    return lower && this.isDiscriminator(verdict.network) ? { ...verdict, lower } : verdict;
  }

  private isDiscriminator(network: string): boolean {
    const found = this.listing?.networks.find(({ name }) => name === network);
    return found?.role === 'discriminator';
  }
}

/** What the matrix of a layer depends on, and with it everything but the operator. */
function matrixOf({ weight, u, shape, rows, columns, geometry }: LayerListing): string {
  return JSON.stringify([weight, u, shape, rows, columns, geometry.kind, geometry.groups]);
}
