import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/** Ends the output with the counts on a line of their own, and the process with a code that tells a failure. */
// biome-ignore lint/style/noDefaultExport: the form vitest asks of a reporter
export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let broken = unhandled.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      broken += module.errors().length;
    }
    const failed = count.failed + broken;
    process.stdout.write(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`);
    if (failed > 0 || reason !== 'passed') failAtExit();
  }
}

/**
 * The library of the PostgreSQL server ends the process with 0 when nothing is left to be done, whatever code was
 * set before; this is the last word.
 */
function failAtExit(): void {
  process.on('exit', () => {
    process.exitCode = 1;
  });
}
