/** Archives for tests. */
import { gzipSync } from 'fflate'

/** A file of an archive, or another kind of entry by its tar type. */
export interface Entry {
  readonly name: string
  readonly content?: string | Uint8Array
  readonly type?: string
}

/** A packed chart with these entries. */
export function packed(entries: readonly Entry[]): Uint8Array {
  return gzipSync(tar(entries))
}

/** An archive with these entries. Names beyond 100 characters are split as POSIX says. */
export function tar(entries: readonly Entry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, content = '', type = '0' }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512)
    body.set(bytes)
    return [header(name, bytes.length, type), body]
  })
  const archive = new Uint8Array(blocks.reduce((length, block) => length + block.length, 1024))
  let end = 0
  for (const block of blocks) {
    archive.set(block, end)
    end += block.length
  }
  return archive
}

function header(name: string, size: number, type: string): Uint8Array {
  const block = new Uint8Array(512)
  const cut = name.length > 100 ? name.lastIndexOf('/', 155) : -1
  const write = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at)
  write(cut === -1 ? name : name.slice(cut + 1), 0)
  write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  write('        ', 148)
  write(type, 156)
  write('ustar\u000000', 257)
  if (cut !== -1) write(name.slice(0, cut), 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
