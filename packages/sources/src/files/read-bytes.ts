/** The bytes of files and streams, within limits. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Files are decoded before the next one is read, so one buffer serves all of them. */
let shared = Buffer.allocUnsafeSlow(256 * 1024)

/** The bytes of a file, good until the next call; undefined when there are more than `limit`. Throws what the file system says. */
export function readWithin(path: string, limit: number): Uint8Array | undefined {
  const file = openSync(path, 'r')
  try {
    const stats = fstatSync(file)
    if (stats.size > limit) return undefined
    // Pipes, devices and files of the kernel do not know their size; other kinds of files fail to be read with a clear error.
    if (stats.size === 0 || !stats.isFile()) return readAll(file, limit)
    if (stats.size > shared.length) shared = Buffer.allocUnsafeSlow(stats.size)
    let length = 0
    while (length < stats.size) {
      const read = readSync(file, shared, length, stats.size - length, null)
      if (read === 0) break
      length += read
    }
    return shared.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

/** The bytes of a stream; undefined when there are more than `limit`. Throws what the file system says. */
export function readAll(file: number, limit: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const chunk = new Uint8Array(65536)
    const read = readChunk(file, chunk)
    if (read === 0) break
    size += read
    if (size > limit) return undefined
    chunks.push(chunk.subarray(0, read))
  }
  return Buffer.concat(chunks)
}

/** Reads what is there; a terminal or pipe that has nothing yet is asked again. */
function readChunk(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
