/**
 * Texts as Go sees them: bytes of UTF-8. A byte that is not part of UTF-8 stands in our texts as U+DC80 to U+DCFF, so every
 * sequence of bytes is a text and comes back unchanged.
 */

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A rune: its code point, or U+FFFD for a byte that is not part of UTF-8. */
export const RUNE_ERROR = 0xfffd

/** Whether a UTF-16 unit that is not the second half of a pair stands for a raw byte. */
export function isRawByte(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff
}

/** Whether all characters are ASCII: bytes, runes and UTF-16 units are then the same. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

/** The bytes of a text. */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text))
  let end = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) as number
    if (code < 0x80) bytes[end++] = code
    else if (isRawByte(code)) bytes[end++] = code & 0xff
    else {
      if (code > 0xffff) at++
      end = writeRune(bytes, end, code >= 0xd800 && code <= 0xdfff ? RUNE_ERROR : code)
    }
  }
  return bytes
}

/** The text of bytes. */
export function fromBytes(bytes: Uint8Array): string {
  const text = decoder.decode(bytes)
  return text.includes('\ufffd') ? fromAnyBytes(bytes) : text
}

/** As `fromBytes`, for bytes some of which may not be part of UTF-8. */
function fromAnyBytes(bytes: Uint8Array): string {
  const parts: string[] = []
  let part = ''
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at] as number
    const size = first < 0x80 ? 1 : runeSize(bytes, at)
    if (size === 0) part += String.fromCharCode(0xdc00 + first)
    else part += size === 1 ? String.fromCharCode(first) : String.fromCodePoint(readRune(bytes, at, size))
    at += size === 0 ? 1 : size
    // Short pieces keep the text from becoming a tree of single characters.
    if (part.length >= 1024) {
      parts.push(part)
      part = ''
    }
  }
  parts.push(part)
  return parts.join('')
}

/** Number of bytes of a text: Go's `len`. */
export function byteLength(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) length += 1
    else if (unit < 0xd800 || unit > 0xdfff) length += 2
    else if (isPairAt(text, at)) {
      length += 2
      at++
    } else if (!isRawByte(unit)) length += 2
  }
  return length
}

/** The bytes from `start` to before `end` as a text: Go's `text[start:end]`. Both lie within the text. */
export function sliceBytes(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : fromBytes(toBytes(text).subarray(start, end))
}

/** The bytes of a text as a text of one character (U+0000 to U+00FF) a byte: whatever works on texts then works on bytes. */
export function toByteText(text: string): string {
  if (isAscii(text)) return text
  const bytes = toBytes(text)
  let byteText = ''
  for (const byte of bytes) byteText += String.fromCharCode(byte)
  return byteText
}

/** The text of which `toByteText` gave the bytes, or a part of them. */
export function fromByteText(byteText: string): string {
  return isAscii(byteText) ? byteText : fromBytes(Uint8Array.from(byteText, (byte) => byte.charCodeAt(0)))
}

/** Number of runes of a text: `utf8.RuneCountInString`. */
export function runeCount(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 0xd800 && isPairAt(text, at)) {
      count--
      at++
    }
  }
  return count
}

/** The runes of a text, each as a text of its own. */
export function runes(text: string): string[] {
  return isAscii(text) ? text.split('') : Array.from(text)
}

/** Code point of a rune that `runes` gave. */
export function codePointOf(rune: string): number {
  const code = rune.codePointAt(0) as number
  return code >= 0xd800 && code <= 0xdfff ? RUNE_ERROR : code
}

function isPairAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(at + 1)
  return next >= 0xdc00 && next <= 0xdfff
}

function writeRune(bytes: Uint8Array, start: number, code: number): number {
  let end = start
  if (code < 0x800) bytes[end++] = 0xc0 | (code >> 6)
  else {
    if (code < 0x10000) bytes[end++] = 0xe0 | (code >> 12)
    else {
      bytes[end++] = 0xf0 | (code >> 18)
      bytes[end++] = 0x80 | ((code >> 12) & 0x3f)
    }
    bytes[end++] = 0x80 | ((code >> 6) & 0x3f)
  }
  bytes[end++] = 0x80 | (code & 0x3f)
  return end
}

/** Bytes of the rune that begins here, of two to four; 0 where none does (RFC 3629, section 4). */
function runeSize(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number
  if (first < 0xc2 || first > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most) return 0
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = 2; next < size; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  return size
}

function readRune(bytes: Uint8Array, at: number, size: number): number {
  let code = (bytes[at] as number) & (0xff >> (size + 1))
  for (let next = 1; next < size; next++) code = (code << 6) | ((bytes[at + next] as number) & 0x3f)
  return code
}
