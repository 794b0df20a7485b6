import { expect, test } from 'vitest'
import { canBackquote, quote, quoteRune, quoteToAscii } from './quote.ts'

test('quotes, backslashes and what cannot be printed are escaped', () => {
  expect(quote('plain')).toBe('"plain"')
  expect(quote('a"b\\c\'d')).toBe('"a\\"b\\\\c\'d"')
  expect(quote('\u0007\b\f\n\r\t\u000b\u0000\u007f')).toBe('"\\a\\b\\f\\n\\r\\t\\v\\x00\\x7f"')
  expect(quote('é日\u{1f600}')).toBe('"é日\u{1f600}"')
  expect(quote('\u00a0\ufeff\u{10ffff}')).toBe('"\\u00a0\\ufeff\\U0010ffff"')
  expect(quote('\udc80\udcff')).toBe('"\\x80\\xff"')
})

test('beyond ASCII everything can be escaped', () => {
  expect(quoteToAscii('é日\u{1f600}\ufffd')).toBe('"\\u00e9\\u65e5\\U0001f600\\ufffd"')
})

test('runes stand in single quotes', () => {
  expect(quoteRune(0x27)).toBe("'\\''")
  expect(quoteRune(0x22)).toBe("'\"'")
  expect(quoteRune(0xd800)).toBe("'\ufffd'")
  expect(quoteRune(0xe9, true)).toBe("'\\u00e9'")
})

test('backquotes hold neither themselves nor control characters but the tab', () => {
  expect(canBackquote('a\t"b"')).toBe(true)
  for (const text of ['a`', 'a\n', '\u007f', '\ufeff', '\udcff']) expect(canBackquote(text)).toBe(false)
})
