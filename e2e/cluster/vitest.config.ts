import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/cluster/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    // A cluster takes a core to start and up to a gigabyte: one file at a time.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
