/** What every conformance suite shares: where the cases lie, how outcomes are counted, the list of passing cases that only grows. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Outcome of one case. */
export interface CaseOutcome {
  readonly id: string
  readonly status: 'passed' | 'failed' | 'not applicable'
  /** Why, when it did not pass. */
  readonly reason?: string
}

/** A suite runs all cases that lie in its folder. */
export interface Suite {
  readonly name: string
  run(folder: string): readonly CaseOutcome[] | Promise<readonly CaseOutcome[]>
}

/** The folder with the shared cases; undefined where there is none. */
export function sharedFolder(): string | undefined {
  const folder = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
  return existsSync(folder) ? folder : undefined
}

/** Ids on the committed list of passing cases. */
export function passingList(suite: string): ReadonlySet<string> {
  const file = listFile(suite)
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
}

/** Writes the list anew; it may only grow, so what was on it stays. */
export function writePassingList(suite: string, outcomes: readonly CaseOutcome[]): void {
  const passing = new Set(passingList(suite))
  for (const { id, status } of outcomes) if (status === 'passed') passing.add(id)
  writeFileSync(listFile(suite), `${[...passing].toSorted().join('\n')}\n`)
}

function listFile(suite: string): string {
  return join(import.meta.dirname, suite, 'passing.txt')
}
