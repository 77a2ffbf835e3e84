/** As wide as prose is read with ease; tables are as wide as they must be. */
const WIDTH = 100;

/**
 * A paragraph as lines of a readable width.
 *
 * @param first what the first line begins with; the others are indented as far
 */
export function wrapped(text: string, first = ''): string[] {
  const lines: string[] = [];
  let line = first;
  let fresh = true;
  for (const word of text.split(' ')) {
    if (!fresh && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(first.length);
      fresh = true;
    }
    line += fresh ? word : ` ${word}`;
    fresh = false;
  }
  return [...lines, line];
}
