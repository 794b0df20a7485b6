/** Runs journeys that need something which not every machine has: a cluster, a browser. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.ts'
import { toolEnvironment } from './run-tool.ts'
import { settle } from './test-counts.ts'

/** Journeys with a vitest configuration of their own. */
export class Journeys {
  readonly #name: string
  readonly #config: string
  readonly #report: string
  readonly #filters: readonly string[]

  /** `name` is said of them: `against a cluster`; `config` is the file; `filters` choose files by parts of their names. */
  constructor(name: string, config: string, filters: readonly string[]) {
    this.#name = name
    this.#config = config
    this.#report = join(root, '.cache/test', `${name.replaceAll(/\W+/g, '-')}.json`)
    this.#filters = filters
  }

  /** Counts them all as skipped, and says why. */
  skip(reason: string): void {
    const { ok, report } = this.#vitest('list', `--json=${this.#report}`)
    const count = Array.isArray(report) ? report.length : 0
    console.log(`The journeys ${this.#name} are skipped: ${reason}.`)
    console.log(`0 passed, ${ok ? 0 : 1} failed, ${count} skipped`)
    process.exitCode = ok ? 0 : 1
  }

  /** Runs them, and ends with `N passed, N failed`. */
  run(): void {
    const { ok, report } = this.#vitest(
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${this.#report}`,
    )
    const counted = report as
      | { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }
      | undefined
    const counts = counted && { passed: counted.numPassedTests, failed: counted.numFailedTests }
    const skipped = (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0)
    const { passed, failed } = settle(counts, ok)
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    process.exitCode = failed === 0 ? 0 : 1
  }

  /** Runs vitest at the root, with a report as JSON. */
  #vitest(...args: readonly string[]): { ok: boolean; report: unknown } {
    mkdirSync(dirname(this.#report), { recursive: true })
    rmSync(this.#report, { force: true })
    const { status } = spawnSync('vitest', [...args, '--config', this.#config, ...this.#filters], {
      cwd: root,
      env: toolEnvironment(),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    return { ok: status === 0, report: this.#read() }
  }

  #read(): unknown {
    try {
      return JSON.parse(readFileSync(this.#report, 'utf8'))
    } catch {
      return undefined
    }
  }
}
