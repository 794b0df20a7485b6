/** Blocks of PEM in a text: RFC 7468, with headers as in RFC 1421. */
import { decodeBase64 } from '@kubescape/go'

/** A block and what follows it. */
export interface PemBlock {
  readonly label: string
  readonly bytes: Uint8Array
  /** The text behind the block and its line break. */
  readonly rest: string
}

/** Beginnings without a block that are passed over: each is searched for its end in all that follows. */
const MOST_ATTEMPTS = 100
const BEGIN = /^-----BEGIN ([^\r\n]*?)-----[ \t]*\r?\n/m

/** The first block of a text; undefined when there is none. What is no block is passed over. */
export function readPem(text: string): PemBlock | undefined {
  let left = text
  for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
    const begin = BEGIN.exec(left)
    if (begin === null) return undefined
    const label = begin[1] ?? ''
    const start = begin.index + begin[0].length
    const end = endOf(left, label, start)
    if (end === undefined) {
      left = left.slice(start)
      continue
    }
    const bytes = decodeBase64(withoutHeaders(left.slice(start, end.at)).replaceAll(/[ \t]/g, ''))
    if (!('problem' in bytes)) return { label, bytes, rest: left.slice(end.after) }
    left = left.slice(start)
  }
  return undefined
}

/** All blocks of a text. */
export function readPemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  for (let block = readPem(text); block !== undefined; block = readPem(block.rest)) blocks.push(block)
  return blocks
}

function endOf(
  text: string,
  label: string,
  start: number,
): { readonly at: number; readonly after: number } | undefined {
  const line = `-----END ${label}-----`
  const at = text.indexOf(line, start)
  if (at < 0 || (at > start && text[at - 1] !== '\n')) return undefined
  const tail = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(at + line.length, at + line.length + 100))
  return tail === null ? undefined : { at, after: at + line.length + tail[0].length }
}

/** Lines such as `Proc-Type: 4,ENCRYPTED` at the beginning, up to an empty line. */
function withoutHeaders(content: string): string {
  let left = content
  for (;;) {
    const end = left.indexOf('\n')
    if (end < 0 || !left.slice(0, end).includes(':')) return left
    left = left.slice(end + 1)
  }
}
