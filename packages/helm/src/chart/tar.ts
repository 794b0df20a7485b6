/** Archives of POSIX tar (IEEE 1003.1, "pax"), with the long names of GNU tar: what Go's archive/tar and helm write. */

const BLOCK = 512
const FILE_TYPES = new Set(['0', '\0', '7'])
const NO_ENTRY_TYPES = new Set(['5', 'g', 'x', 'L', 'K'])

/** A file in an archive. */
interface TarEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Entries in their order, or what is wrong with the archive. */
export type TarResult = { readonly entries: readonly TarEntry[] } | { readonly problem: string }

/** The regular files of an archive. Bytes are views of `archive`. Links, devices and sparse files are a problem. */
export function readTar(archive: Uint8Array): TarResult {
  const entries: TarEntry[] = []
  let longName: string | undefined
  let longSize: number | undefined
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    if (!hasValidChecksum(header)) return { problem: 'archive/tar: invalid tar header' }
    const type = String.fromCharCode(header[156] ?? 0)
    const size = longSize !== undefined && !NO_ENTRY_TYPES.has(type) ? longSize : readNumber(header, 124, 12)
    const start = at + BLOCK
    if (size === undefined || start + size > archive.length) return { problem: 'unexpected EOF' }
    const bytes = archive.subarray(start, start + size)
    at = start + Math.ceil(size / BLOCK) * BLOCK
    if (type === 'x') {
      const records = readRecords(bytes)
      longName = records.get('path')
      const given = records.get('size')
      longSize = given === undefined ? undefined : Number(given)
      if (longSize !== undefined && !(Number.isSafeInteger(longSize) && longSize >= 0)) {
        return { problem: 'archive/tar: invalid tar header' }
      }
      continue
    }
    if (type === 'L') longName = textOf(bytes)
    if (type === 'g' || type === 'L' || type === 'K') continue
    const name = longName ?? nameIn(header)
    longName = undefined
    longSize = undefined
    if (FILE_TYPES.has(type)) entries.push({ name, bytes })
    else if (type !== '5') return { problem: `the archive has an entry that is no file: ${name}` }
  }
  return { entries }
}

function nameIn(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100))
  // GNU tar keeps times where POSIX keeps the first half of the name.
  const prefix = textOf(header.subarray(257, 263)) === 'ustar' ? textOf(header.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The sum of the bytes, with blanks for itself; some programs add signed bytes. */
function hasValidChecksum(header: Uint8Array): boolean {
  let unsigned = 0
  let signed = 0
  for (const [at, byte] of header.entries()) {
    const counted = at >= 148 && at < 156 ? 0x20 : byte
    unsigned += counted
    signed += counted > 127 ? counted - 256 : counted
  }
  const written = readNumber(header, 148, 8)
  return written === unsigned || written === signed
}

/** An octal number, or a binary one where the first bit is set; undefined for anything else. */
function readNumber(header: Uint8Array, start: number, length: number): number | undefined {
  const field = header.subarray(start, start + length)
  if (((field[0] ?? 0) & 0x80) === 0) {
    const digits = textOf(field).trim()
    if (digits === '') return 0
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
  }
  let value = (field[0] ?? 0) & 0x7f
  for (const byte of field.subarray(1)) value = value * 256 + byte
  return Number.isSafeInteger(value) ? value : undefined
}

/** Records of an extended header: `27 path=a/long/name\n`; the number counts the bytes of the record. */
function readRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at)
    const length = Number(textOf(bytes.subarray(at, blank === -1 ? at : blank)))
    if (!Number.isInteger(length) || length <= 0 || at + length > bytes.length) break
    const record = textOf(bytes.subarray(blank + 1, at + length - 1))
    const equals = record.indexOf('=')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}

/** Text up to the first zero byte. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end))
}
