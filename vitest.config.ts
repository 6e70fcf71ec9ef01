import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: the form vitest asks for
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
