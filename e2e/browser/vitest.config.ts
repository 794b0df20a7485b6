import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/browser/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    // Machines are shared: waiting long is no failure.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
