import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Calls `onLine` with each line that arrives. Errors of the socket are for its own listeners. */
export function readSocketLines(socket: Socket, onLine: (line: string) => void): void {
  const lines = createInterface({ input: socket });
  // readline repeats them as its own, and without a listener each would end this process.
  lines.on('error', () => undefined);
  lines.on('line', onLine);
}

/** The message in a line; undefined where it is none of these, as one of a newer version. */
export function parseMessage<T>(schema: { parse(value: unknown): T }, line: string): T | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
