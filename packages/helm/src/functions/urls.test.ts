import { describe, expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'
import { callFunction } from '../../testing/call-function.ts'
import { Dict, FunctionError } from '@kubescape/go-template'

function parts(text: string): unknown {
  return Object.fromEntries([...(callFunction('urlParse', text) as Dict).entries].filter(([, part]) => part !== ''))
}

describe('urlParse', () => {
  test.each([
    [
      'HTTPS://us%40er:p%20w@[::1%25en0]:8443/a%20b/c?q=%20#f%21',
      {
        scheme: 'https',
        userinfo: 'us%40er:p%20w',
        host: '[::1%en0]:8443',
        hostname: '::1%en0',
        path: '/a b/c',
        query: 'q=%20',
        fragment: 'f!',
      },
    ],
    ['mailto:a@b.c?x', { scheme: 'mailto', opaque: 'a@b.c', query: 'x' }],
    ['//h/p', { host: 'h', hostname: 'h', path: '/p' }],
    ['///p', { path: '///p' }],
    ['file:///p', { scheme: 'file', path: '/p' }],
    ['a/b:c', { path: 'a/b:c' }],
    ['1http:/x', undefined],
    ['http://h:80', { scheme: 'http', host: 'h:80', hostname: 'h' }],
    ['', {}],
  ])('%s', (text, wanted) => {
    if (wanted === undefined) expect(() => parts(text)).toThrow(FunctionError)
    else expect(parts(text)).toEqual(wanted)
  })

  test.each([
    ['http://h/%zz', 'parse "http://h/%zz": invalid URL escape "%zz"'],
    ['http://h/%4', 'parse "http://h/%4": invalid URL escape "%4"'],
    ['http://h%20/', 'parse "http://h%20/": invalid URL escape "%20"'],
    ['http://a b/', 'parse "http://a b/": invalid character " " in host name'],
    ['http://h:x/', 'parse "http://h:x/": invalid port ":x" after host'],
    ['http://[::1/', `parse "http://[::1/": missing ']' in host`],
    ['http://a\\b@h/', 'parse "http://a\\\\b@h/": net/url: invalid userinfo'],
    [':x', 'parse ":x": missing protocol scheme'],
    ['a:b', undefined],
    ['1:b', 'parse "1:b": first path segment in URL cannot contain colon'],
    ['http://h/\n', 'parse "http://h/\\n": net/url: invalid control character in URL'],
    ['http://h/#%zz', 'parse "http://h/#%zz": invalid URL escape "%zz"'],
  ])('%j is refused', (text, reason) => {
    if (reason === undefined) expect(parts(text)).toEqual({ scheme: 'a', opaque: 'b' })
    else expect(() => callFunction('urlParse', text)).toThrow(new FunctionError(`unable to parse url: ${reason}`))
  })
})

describe('urlJoin', () => {
  test.each([
    ['"scheme" "http" "host" "h:1" "path" "p q" "query" "a=b" "fragment" "x y"', 'http://h:1/p%20q?a=b#x%20y'],
    ['"scheme" "http" "userinfo" "u:p%20w" "host" "h"', 'http://u:p%20w@h'],
    ['"scheme" "mailto" "opaque" "a@b"', 'mailto:a@b'],
    ['"path" "a:b/c"', './a:b/c'],
    ['"path" "*"', '*'],
    ['"scheme" "file" "path" "/p"', 'file:///p'],
    ['"host" "h"', '//h'],
  ])('%s', (entries, text) => {
    expect(output(`{{ urlJoin (dict ${entries}) }}`)).toBe(text)
  })

  test('a part that is no text is an error', () => {
    expect(output('{{ urlJoin (dict "host" 1) }}')).toContain(
      'unable to parse host key, must be of type string, but int found',
    )
  })

  test('what was taken apart can be put together', () => {
    const url = 'https://user:pass@host:8080/some/path?query=1#part'
    expect(output(`{{ urlParse "${url}" | urlJoin }}`)).toBe(url)
  })
})

test('names are never looked up', () => {
  expect(callFunction('getHostByName', 'example.com')).toBe('')
})
