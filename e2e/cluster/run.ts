/**
 * Journeys against a real control plane: `npm run e2e:cluster`, or `npm run e2e:cluster -- testbed` for files whose names say so.
 *
 * Builds the control plane first, unless it is built. The last line is `N passed, N failed`, with `, N skipped` where there were
 * such; without a Go toolchain that is all of them.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toolEnvironment } from '../../tools/run-tool.ts'
import { settle } from '../../tools/test-counts.ts'
import { root } from '../kubescape.ts'
import { buildProgram } from './testbed/build.ts'

const CONFIG = ['--config', join(import.meta.dirname, 'vitest.config.ts')]
const REPORT = join(root, '.cache/test/cluster.json')
const filters = process.argv.slice(2)

/** Runs vitest at the root, with a report as JSON. */
function vitest(...args: readonly string[]): { ok: boolean; report: unknown } {
  mkdirSync(dirname(REPORT), { recursive: true })
  rmSync(REPORT, { force: true })
  const { status } = spawnSync('vitest', [...args, ...CONFIG, ...filters], {
    cwd: root,
    env: toolEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { ok: status === 0, report: readReport() }
}

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8'))
  } catch {
    return undefined
  }
}

function skipAll(reason: string): void {
  const { ok, report } = vitest('list', `--json=${REPORT}`)
  const count = Array.isArray(report) ? report.length : 0
  console.log(`The journeys against a cluster are skipped: ${reason}.`)
  console.log(`0 passed, ${ok ? 0 : 1} failed, ${count} skipped`)
  process.exitCode = ok ? 0 : 1
}

function runAll(): void {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
  const { ok, report } = vitest('run', ...reporters)
  const counted = report as
    | { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }
    | undefined
  const counts = counted && { passed: counted.numPassedTests, failed: counted.numFailedTests }
  const skipped = (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0)
  const { passed, failed } = settle(counts, ok)
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed === 0 ? 0 : 1
}

const build = await buildProgram()
if (build.kind === 'built') {
  runAll()
} else if (build.kind === 'impossible') {
  skipAll(build.reason)
} else {
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
