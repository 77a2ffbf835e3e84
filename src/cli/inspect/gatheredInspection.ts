import type { FromInspector } from '../../inspection/protocol';
import type { FileListing, LayerNumbers, NetworkVerdict } from '../../shared/inspection';

/** Which layers a person wants to know of. */
export interface Wanted {
  /** Only these; all where empty. */
  readonly only: readonly string[];
  /** Also those that take long. */
  readonly costly: readonly string[];
  /** Also true norms and bounds of generators, which take as long as all the rest. */
  readonly generators: boolean;
}

/** Told how far the work is. */
export type OnProgress = (done: number, total: number) => void;

/** The layers to begin with, each once. */
export function layersToBeginWith({ only, costly }: Wanted): string[] {
  return [...new Set([...only, ...costly])];
}

/**
 * Keeps what an inspector says until it has said what is wanted, and nothing after that: the
 * thread computes on until it is terminated, and what it says meanwhile arrives by chance.
 */
export class GatheredInspection {
  listing: FileListing | undefined;
  /** Why the file cannot be read; one sentence. */
  refused: string | undefined;
  readonly numbers = new Map<string, LayerNumbers>();
  readonly verdicts = new Map<string, NetworkVerdict>();
  private generated: ReadonlySet<string> = new Set();
  private enough = false;
  private readonly first: readonly string[];

  constructor(
    private readonly wanted: Wanted,
    private readonly onProgress: OnProgress,
  ) {
    this.first = layersToBeginWith(wanted);
  }

  /** Takes the next message. Returns whether nothing more is wanted. */
  take(message: FromInspector): boolean {
    if (this.enough) return true;
    switch (message.type) {
      case 'listing':
        this.listing = message.listing;
        this.generated = layersOfGenerators(message.listing);
        break;
      case 'numbers':
        this.numbers.set(message.layer, message.numbers);
        break;
      case 'verdict':
        this.verdicts.set(message.verdict.network, message.verdict);
        break;
      case 'refused':
        this.refused = message.why;
        this.enough = true;
        break;
      case 'state': {
        const { state } = message;
        if (state.kind !== 'working') break;
        const { only, generators } = this.wanted;
        // Layers that were asked for come first, norms of generators last.
        this.enough =
          only.length > 0
            ? !this.first.includes(state.layer)
            : !generators && state.doing === 'operators' && this.generated.has(state.layer);
        if (!this.enough) {
          this.onProgress(state.done, only.length > 0 ? 4 * this.first.length : state.total);
        }
        break;
      }
      case 'answer':
        break;
    }
    return this.enough;
  }
}

function layersOfGenerators({ networks }: FileListing): Set<string> {
  return new Set(
    networks.filter(({ role }) => role === 'generator').flatMap(({ layers }) => layers),
  );
}
