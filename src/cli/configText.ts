import {
  createScanner,
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { UserError } from '../shared/userError';

/** A place in a text: line and column from 1, offset and length in UTF-16 units. */
export interface Place {
  /** From 0. */
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** A mistake of the text itself. */
export interface TextProblem extends Place {
  readonly message: string;
}

/** What a JSON text with comments and trailing commas says, and where. */
export interface ConfigText {
  /** The value; of a text with mistakes, whatever could be made of it. */
  readonly value: unknown;
  readonly problems: readonly TextProblem[];
  /** Where a key or its value stands; undefined where the text does not have it. */
  readonly placeOf: (path: readonly string[], atKey: boolean) => Place | undefined;
}

/** A config has sections and their keys; deeper nesting is an accident or an attack. */
const MAX_DEPTH = 20;

/**
 * Parses a config file's text.
 *
 * @param file its name, for messages
 * @throws UserError for text that is nested too deeply to be looked at
 */
export function parseConfigText(text: string, file: string): ConfigText {
  refuseDeepNesting(text, file);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const duplicates: TextProblem[] = [];
  const value = root ? valueOf(root, (key) => duplicates.push(duplicate(text, key))) : undefined;
  return {
    value,
    problems: [...errors.map((error) => syntaxProblem(text, error)), ...duplicates],
    placeOf: (path, atKey) => {
      const node = root && findNodeAtLocation(root, [...path]);
      if (!node) return undefined;
      const property = node.parent?.type === 'property' ? node.parent : undefined;
      const { offset, length } = (atKey && property?.children?.[0]) || node;
      return placeAt(text, offset, length);
    },
  };
}

/** The parser calls itself for each level, so a million brackets would overflow its stack. */
function refuseDeepNesting(text: string, file: string): void {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const token = scanner.getTokenLength() === 1 ? text[offset] : undefined;
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth > MAX_DEPTH) {
      const { line, column } = placeAt(text, offset, 1);
      throw new UserError(
        `${file}:${line}:${column}: The brackets are nested deeper than ${MAX_DEPTH} levels; this is no config of sn-gan.`,
      );
    }
  }
}

/** Own properties only, whatever their names: `__proto__` is a key like any other here. */
function valueOf(node: Node, onDuplicate: (key: Node) => void): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map((child) => valueOf(child, onDuplicate));
  if (node.type !== 'object') return node.value as unknown;
  const entries = new Map<string, unknown>();
  for (const { children: pair = [] } of children) {
    const [key, value] = pair;
    if (value === undefined) continue;
    const name = String(key.value);
    if (entries.has(name)) onDuplicate(key);
    entries.set(name, valueOf(value, onDuplicate));
  }
  return Object.fromEntries(entries);
}

function duplicate(text: string, key: Node): TextProblem {
  return {
    ...placeAt(text, key.offset, key.length),
    message: `The key "${String(key.value)}" stands here a second time; remove one of the two.`,
  };
}

function syntaxProblem(text: string, { error, offset, length }: ParseError): TextProblem {
  const name = printParseErrorCode(error);
  return {
    ...placeAt(text, offset, length),
    message: syntaxMessages[name] ?? `${name} in the JSON.`,
  };
}

/** By the parser's names of its errors. */
const syntaxMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value; texts need double quotes.',
  InvalidNumberFormat: 'This is no JSON number.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here, between a key and its value.',
  CommaExpected: 'A comma is expected here, after the value before.',
  CloseBraceExpected: 'A closing } is missing.',
  CloseBracketExpected: 'A closing ] is missing.',
  EndOfFileExpected: 'The config ends before this; remove what follows its closing }.',
  InvalidCommentToken: 'This comment is not well formed.',
  UnexpectedEndOfComment: 'A comment begins here and does not end.',
  UnexpectedEndOfString: 'A text begins here and its closing quote is missing.',
  UnexpectedEndOfNumber: 'This number is not complete.',
  InvalidUnicode: 'This \\u escape is not well formed.',
  InvalidEscapeCharacter: 'This escape is unknown; a backslash is written \\\\.',
  InvalidCharacter: 'A text holds a control character; write it as an escape, such as \\n.',
};

function placeAt(text: string, offset: number, length: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { offset, length, line: before.split('\n').length, column: offset - lineStart + 1 };
}
