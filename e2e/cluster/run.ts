/**
 * Journeys against a real control plane: `npm run e2e:cluster`, or `npm run e2e:cluster -- testbed` for files whose names say so.
 *
 * Builds the control plane first, unless it is built. The last line is `N passed, N failed`, with `, N skipped` where there were
 * such; without a Go toolchain that is all of them.
 */
import { join } from 'node:path'
import { Journeys } from '../../tools/run-journeys.ts'
import { buildProgram } from './testbed/build.ts'

const journeys = new Journeys('against a cluster', join(import.meta.dirname, 'vitest.config.ts'), process.argv.slice(2))
const build = await buildProgram()
if (build.kind === 'built') {
  journeys.run()
} else if (build.kind === 'impossible') {
  journeys.skip(build.reason)
} else {
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
