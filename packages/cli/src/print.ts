/** Text to standard output and standard error, straight to the file descriptors: Node's streams cost more than a small scan. */
import { writeFileSync, writeSync } from 'node:fs'

/** File descriptor of standard output. */
export const STDOUT = 1
const STDERR = 2
const WAIT_MS = 5

/** Writes to standard output. What a reader that went away (`| head`) misses is lost, which nobody minds. */
export function print(text: string): void {
  writeAll(STDOUT, text)
}

/** Writes to standard error. */
export function printError(text: string): void {
  writeAll(STDERR, text)
}

/** Writes everything, waiting for a slow reader where the other side made the pipe non-blocking. */
export function writeAll(file: number, text: string | Uint8Array): void {
  // Files take everything at once; a terminal or pipe may not.
  if (file > STDERR) {
    writeFileSync(file, text)
    return
  }
  let rest = typeof text === 'string' ? Buffer.from(text) : text
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(file, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS)
    }
  }
}
