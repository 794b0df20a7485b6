/** A progress line on standard error for scans that take a while; never in CI and never into a file. */
import { sinceStartMs } from './clock.ts'
import { printError } from './print.ts'
import { isCi } from './terminal.ts'

const PATIENCE_MS = 500
const INTERVAL_MS = 100

/** Shows how far a scan is, once it has taken longer than half a second. */
export class Progress {
  readonly #began = sinceStartMs()
  #shown = 0
  #isVisible = false

  /** Tells how far it is, such as `3 of 7 files read`. */
  update(text: string): void {
    const now = sinceStartMs()
    if (now - this.#began < PATIENCE_MS || now - this.#shown < INTERVAL_MS || !process.stderr.isTTY || isCi()) return
    this.#shown = now
    this.#isVisible = true
    printError(`\r\u001B[K${text}`)
  }

  /** Removes the line. */
  end(): void {
    if (this.#isVisible) printError('\r\u001B[K')
    this.#isVisible = false
  }
}
