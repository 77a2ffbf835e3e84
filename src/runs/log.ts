import pino from 'pino';
import { prettyFactory } from 'pino-pretty';
import { UserError } from '../shared/userError';
import { AppendFile } from './appendFile';

/** What the parts of a trainer may do with its log. */
export interface Logger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  /**
   * @param thrown shown with its stack and causes; what a person can act on needs no stack and is
   *   one sentence more, so that the last lines of a log tell what happened before
   */
  error(message: string, thrown?: unknown): void;
}

export interface LogFile extends Logger {
  close(): void;
}

/**
 * Opens the log of a trainer for appending: lines for people, with UTC times in ISO 8601.
 *
 * Each line is formatted and written before the call returns, without worker thread or buffer, so
 * a crash right after it loses nothing.
 *
 * @throws UserError where the file system refuses, here and at each line
 */
export function openLog(file: string): LogFile {
  const output = AppendFile.open(file);
  const format = prettyFactory({
    colorize: false,
    translateTime: 'UTC:yyyy-mm-dd"T"HH:MM:ss.l"Z"',
    ignore: 'hostname',
    singleLine: true,
  });
  const log = pino(
    { base: { pid: process.pid } },
    { write: (line: string) => output.append(Buffer.from(format(line))) },
  );
  return {
    info: (message, details = {}) => log.info(details, message),
    warn: (message, details = {}) => log.warn(details, message),
    error: (message, thrown) => {
      const sentences = thrown instanceof UserError ? `${message} ${thrown.message}` : message;
      const err = behindSentences(thrown);
      if (err === undefined) log.error(sentences);
      else log.error({ err }, sentences);
    },
    close: () => output.close(),
  };
}

/** What was thrown, or the cause that errors for people explain; undefined where there is none. */
function behindSentences(thrown: unknown): unknown {
  let cause = thrown;
  while (cause instanceof UserError) cause = cause.cause;
  return cause;
}
