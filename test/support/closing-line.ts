import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with the counts on a line of their own. */
// biome-ignore lint/style/noDefaultExport: the form vitest asks of a reporter
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let broken = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      broken += module.errors().length;
    }
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped\n`,
    );
  }
}
