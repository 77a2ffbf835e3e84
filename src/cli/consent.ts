import { createInterface } from 'node:readline/promises';
import { UserError } from '../shared/userError';

/**
 * Asks a yes-or-no question on the terminal; anything but yes is no.
 *
 * @throws UserError where there is no terminal to ask on
 */
export async function askConsent(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UserError(`${question} There is no terminal to ask on: repeat with --yes to agree.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
