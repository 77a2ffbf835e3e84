/**
 * Rejects with the first error that nobody waits for: a device that refuses a command tells so
 * from a callback of its own. Such an error ends the training like any other, instead of ending
 * the process before run.json can say why.
 */
export function strayError(): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', reject);
  });
}
