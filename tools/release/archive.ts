/** Archives with nothing of the building machine in them: no times, no owners, entries in the order given. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** A file of an archive. */
export interface Entry {
  /** Up to 100 characters, ASCII. */
  readonly name: string
  readonly content: Uint8Array
  readonly isExecutable?: boolean
}

const BLOCK = 512

/** A gzipped tar (POSIX ustar) of files. */
export function tarGz(entries: readonly Entry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const padding = (BLOCK - (entry.content.length % BLOCK)) % BLOCK
    return [headerOf(entry), entry.content, Buffer.alloc(padding)]
  })
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), { level: 9 })
}

/** SHA-256 of a file as hexadecimal digits. */
export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

function headerOf({ name, content, isExecutable = false }: Entry): Uint8Array {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100, 'ascii')
  header.write(isExecutable ? '0000755' : '0000644', 100, 'ascii')
  header.write('0000000', 108, 'ascii')
  header.write('0000000', 116, 'ascii')
  header.write(content.length.toString(8).padStart(11, '0'), 124, 'ascii')
  header.write('00000000000', 136, 'ascii')
  header.write(' '.repeat(8), 148, 'ascii')
  header.write('0', 156, 'ascii')
  header.write('ustar\u000000', 257, 'ascii')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'ascii')
  return header
}
