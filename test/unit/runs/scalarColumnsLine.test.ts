import { describe, expect, it } from 'vitest';
import { LineReader } from '../../../src/runs/scalarColumnsLine';
import { ColumnTable } from '../../../src/runs/scalarColumnsTable';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

/** Chosen once; any other seed does as well. */
const random = new RandomStream(7, randomPurpose.order);
const below = (count: number): number => Math.floor(random.uniform() * count);
const oneOf = <T>(choices: readonly T[]): T => choices[below(choices.length)];

/** A line's numbers as `JSON.parse` has them, or undefined for what is no record. */
function reference(line: Buffer): Record<string, number> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.toString('utf8'));
  } catch {
    // What is no JSON is no record either.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const record = parsed as Record<string, number>;
  if (!Object.values(record).every(Number.isFinite)) return undefined;
  if (!Object.hasOwn(record, 'time') || !Number.isSafeInteger(record.step)) return undefined;
  return record.step >= 0 ? record : undefined;
}

/** Reads one line as `ScalarColumns` does. */
function readLine(reader: LineReader, line: Buffer): 'known' | 'any' | 'no' {
  if (reader.readKnown(Buffer.concat([line, Buffer.from('\n')]), 0) === line.length + 1) {
    return 'known';
  }
  return reader.readAny(line) ? 'any' : 'no';
}

/** Holds that both readers see the same in all lines; returns how many took the short way. */
function compare(lines: readonly Buffer[]): number {
  const table = new ColumnTable();
  const reader = new LineReader(table);
  let known = 0;
  for (const line of lines) {
    const expected = reference(line);
    const way = readLine(reader, line);
    if (way === 'known') known++;
    const seen = way === 'no' ? undefined : table.take();
    const shown = line.toString('utf8');
    if (expected === undefined) {
      expect(way, shown).toBe('no');
      continue;
    }
    const { step, time, ...values } = expected;
    expect(seen, shown).toEqual({
      steps: Float64Array.of(step),
      times: Float64Array.of(time),
      columns: Object.fromEntries(
        Object.entries(values).map(([tag, value]) => [tag, Float32Array.of(value)]),
      ),
    });
  }
  return known;
}

const tags = ['loss/d', 'loss/g', 'sigma/ä', 'ms/schritt', 'σ/层', 'a b', '7', 'learningRate'];
const space = (): string => oneOf(['', '', '', ' ', '\t', '  ', '\r']);

function numeral(): string {
  const value = (random.uniform() - 0.5) * 10 ** (below(20) - 10);
  return oneOf([
    () => String(value),
    () => String(Math.fround(value)),
    () => String(Math.round(value * 1000) / 1000),
    () => String(Math.round(value)),
    () => value.toExponential(below(12)),
    () => value.toExponential().replace('e', 'E'),
    () => oneOf(['0', '-0', '1e5', '1E+5', '1e-5', '0.0e9', '123456789012345678901234567890']),
  ])();
}

/** Mostly like the lines of a run; sometimes reordered, with another key, or spaced in another way. */
function record(): string {
  const keys = ['step', 'time', ...tags.filter(() => random.uniform() < 0.9)];
  if (random.uniform() < 0.1) keys.sort(() => random.uniform() - 0.5);
  if (random.uniform() < 0.1) keys.push(oneOf(keys));
  const spaced = random.uniform() < 0.1 ? space : (): string => '';
  const members = keys.map((key, i) => {
    const value = key === 'step' ? String(i + below(1e6)) : numeral();
    const quoted =
      random.uniform() < 0.02
        ? `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}"`
        : JSON.stringify(key);
    return `${spaced()}${quoted}${spaced()}:${spaced()}${value}${spaced()}`;
  });
  return `${spaced()}{${members.join(',')}}${spaced()}`;
}

const junk = [
  'null',
  'true',
  '"1"',
  '[1]',
  '{"step":1}',
  'NaN',
  'Infinity',
  '1e999',
  '-1e999',
  '01',
  '.5',
  '5.',
  '-',
  '+1',
  '1e',
  '1e+',
  '0x10',
  '1_000',
  '--1',
  '-.1',
  '00',
  '',
];

describe('LineReader', () => {
  it('reads lines of a run as JSON.parse does, most of them without it', () => {
    const lines = Array.from({ length: 5000 }, () => Buffer.from(record()));
    expect(compare(lines)).toBeGreaterThan(2500);
  });

  it('finds what is wrong in a line as JSON.parse does', () => {
    const lines = Array.from({ length: 5000 }, () => {
      const text = record();
      const value = /:[^,}]*/g;
      const places = [...text.matchAll(value)];
      const { index, 0: found } = oneOf(places);
      return Buffer.from(
        `${text.slice(0, index)}:${oneOf(junk)}${text.slice(index + found.length)}`,
      );
    });
    compare(lines);
  });

  it('reads lines with changed, missing and additional bytes as JSON.parse does', () => {
    const whole = '{"step":12,"time":17.5,"loss/d":0.6931472,"σ/层":-1.25e-3}';
    const lines = [Buffer.from(whole)];
    const bytes = Buffer.from(whole);
    const changes = [...'0159-+.eE"\\,:{}[] \t\0/', '\xff', '\x80'];
    for (let i = 0; i <= bytes.length; i++) {
      lines.push(bytes.subarray(0, i));
      lines.push(Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1)]));
      for (const change of changes) {
        const byte = Buffer.from(change, 'latin1');
        lines.push(Buffer.concat([bytes.subarray(0, i), byte, bytes.subarray(i + 1)]));
        lines.push(Buffer.concat([bytes.subarray(0, i), byte, bytes.subarray(i)]));
      }
    }
    compare(lines);
  });

  it('goes on learning within bounds when every line has other keys', () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      Buffer.from(`{"step":${i},"time":1,"tag/${i % 900}":2,"x":3}`),
    );
    compare(lines);
  });
});
