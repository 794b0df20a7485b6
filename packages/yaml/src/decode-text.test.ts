/** Decoding of files. */

import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, big: boolean): Uint8Array =>
  Uint8Array.from(
    Array.from(text).flatMap((char) => {
      const code = char.charCodeAt(0)
      return big ? [code >> 8, code & 255] : [code & 255, code >> 8]
    }),
  )

test.each([
  ['plain UTF-8', utf8('a: \u00e9\n'), 'a: \u00e9\n'],
  ['UTF-8 with a byte order mark', utf8('\ufeffa: b'), 'a: b'],
  ['UTF-16 little endian with a mark', utf16('\ufeffa: \u2603', false), 'a: \u2603'],
  ['UTF-16 big endian with a mark', utf16('\ufeffa: \u2603', true), 'a: \u2603'],
  ['UTF-16 little endian without a mark', utf16('a: \u2603', false), 'a: \u2603'],
  ['UTF-16 big endian without a mark', utf16('a: \u2603', true), 'a: \u2603'],
  ['a lone carriage return', utf8('a\rb\r\nc'), 'a\nb\r\nc'],
  ['nothing', new Uint8Array(), ''],
])('%s is text', (_name, bytes, text) => {
  expect(decodeText(bytes)).toEqual({ text })
})

test.each([
  ['invalid UTF-8', Uint8Array.from([0x61, 0x0a, 0x62, 0xff, 0x63]), 'yaml/encoding', 2, 2],
  ['a cut UTF-8 sequence at the end', Uint8Array.from([0x61, 0xe2, 0x98]), 'yaml/encoding', 1, 2],
  ['a NUL byte', utf8('a: b\nc: \0d'), 'yaml/nul-byte', 2, 4],
  ['a NUL byte after the first character', Uint8Array.from([0x61, 0, 0x62, 0x63]), 'yaml/nul-byte', 1, 2],
  ['half of a UTF-16 unit', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62]), 'yaml/encoding', 1, 2],
  ['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'yaml/encoding', 1, 1],
])('%s is a problem with line and column', (_name, bytes, code, line, column) => {
  expect(decodeText(bytes)).toMatchObject({ problem: { code, line, column } })
})
