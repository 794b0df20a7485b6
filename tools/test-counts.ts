/** Counts of passed and failed tests, as test steps tell them. */
import { readFileSync, rmSync } from 'node:fs'

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** The counts in the last line of an output that starts with `N passed, N failed`; `undefined` where the last line does not. */
export function lastCounts(output: string): Counts | undefined {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  const match = /^(\d+) passed, (\d+) failed\b/.exec(last)
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : undefined
}

/** The counts of a vitest JSON report, which is removed, so that no later run can read it again. */
export function vitestCounts(path: string): Counts | undefined {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    rmSync(path)
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  } catch {
    return undefined
  }
}

/**
 * What a step counts for: its own counts if it gave any, else one for the step. A step that ended badly has failed at
 * least once, whatever it counted.
 */
export function settle(counts: Counts | undefined, ok: boolean): Counts {
  if (!counts) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  return ok ? counts : { passed: counts.passed, failed: Math.max(counts.failed, 1) }
}

/** All counts together. */
export function sum(all: readonly Counts[]): Counts {
  let [passed, failed] = [0, 0]
  for (const counts of all) {
    passed += counts.passed
    failed += counts.failed
  }
  return { passed, failed }
}
