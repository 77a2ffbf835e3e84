/** What literals of Python may hold here: texts, whole numbers, truth values, lists and such. */
export type PythonLiteral =
  string | number | boolean | null | readonly PythonLiteral[] | ReadonlyMap<string, PythonLiteral>;

const tokenPattern = /\s*(?:([[\](){},:])|'([^'\\]*)'|"([^"\\]*)"|(-?\d+)L?|([A-Za-z]+)|$)/y;
const constants = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')' };
const MAX_DEPTH = 16;

/** A value as Python would write it; tuples come as arrays. Undefined for all else. */
export function parsePythonLiteral(text: string): PythonLiteral | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const reader = new LiteralReader(tokens);
  const value = reader.value(0);
  return reader.isAtEnd ? value : undefined;
}

/** Punctuation as text; values as what they are, wrapped. */
type Token = string | { readonly value: string | number | boolean | null };

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const match = tokenPattern.exec(text);
    if (match === null) return undefined;
    const [, mark, single, double, digits, word] = match as (string | undefined)[];
    const quoted = single ?? double;
    if (mark !== undefined) tokens.push(mark);
    else if (quoted !== undefined) tokens.push({ value: quoted });
    else if (digits !== undefined) tokens.push({ value: Number(digits) });
    else if (word !== undefined) {
      const value = constants.get(word);
      if (value === undefined) return undefined;
      tokens.push({ value });
    }
  }
  return tokens;
}

class LiteralReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** Undefined where no value follows; what is read then means nothing. */
  value(depth: number): PythonLiteral | undefined {
    if (depth > MAX_DEPTH || this.isAtEnd) return undefined;
    const token = this.tokens[this.at++];
    if (typeof token !== 'string') return token.value;
    if (token === '{') return this.dictionary(depth + 1);
    return token in closing ? this.sequence(closing[token], depth + 1) : undefined;
  }

  private sequence(end: string, depth: number): PythonLiteral | undefined {
    const items: PythonLiteral[] = [];
    while (!this.skip(end)) {
      const item = this.value(depth);
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.skip(',')) return this.skip(end) ? items : undefined;
    }
    return items;
  }

  private dictionary(depth: number): PythonLiteral | undefined {
    const entries = new Map<string, PythonLiteral>();
    while (!this.skip('}')) {
      const key = this.value(depth);
      if (typeof key !== 'string' || entries.has(key) || !this.skip(':')) return undefined;
      const value = this.value(depth);
      if (value === undefined) return undefined;
      entries.set(key, value);
      if (!this.skip(',')) return this.skip('}') ? entries : undefined;
    }
    return entries;
  }

  private skip(mark: string): boolean {
    if (this.tokens[this.at] !== mark) return false;
    this.at++;
    return true;
  }
}
