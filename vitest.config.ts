import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'e2e/**/*.test.ts', 'bench/**/*.test.ts'],
    // Journeys against a cluster and in a browser have configurations of their own.
    exclude: ['**/node_modules/**', '**/dist/**', 'e2e/cluster/**', 'e2e/browser/**'],
    // One worker serves many files: a tenth of the CPU time, at the price that no test may change global state.
    pool: 'threads',
    isolate: false,
    // Machines are shared: a test that takes long here is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
