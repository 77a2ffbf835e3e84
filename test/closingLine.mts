import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with one plain line that counts the tests, for people and for machines. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state]++;
      }
      // A file that does not load has no tests, and must not look like success.
      if (module.state() === 'failed' && module.errors().length > 0) count.failed++;
    }
    const { passed, failed, skipped } = count;
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
