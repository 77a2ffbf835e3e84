import { tableLines } from '../table';

/** A table for a terminal or a README. */
export interface ResultTable {
  readonly title: string;
  /** The first column names the rows. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be said below it; sentences. */
  readonly notes: readonly string[];
}

/** The table as aligned lines. */
export function asText({ title, header, rows, notes }: ResultTable): string[] {
  return [title, ...tableLines(header, rows).map((line) => `  ${line}`), ...notes.map(indented)];
}

/** The table as Markdown, numbers to the right. */
export function asMarkdown({ title, header, rows, notes }: ResultTable): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '---:'));
  const below = notes.flatMap((note) => ['', note]);
  return [`**${title}**`, '', line(header), line(rule), ...rows.map(line), ...below];
}

const indented = (note: string): string => `  ${note}`;
