import { describe, expect, test } from 'vitest'
import { Dict, List, Traced, sprint } from '@kubescape/go-template'
import { readValues } from './read-values.ts'

const layer = { kind: 'file', name: 'prod.yaml' } as const

function printed(text: string): string {
  const read = readValues(text)
  return 'error' in read ? read.error : sprint(read.values)
}

describe('values files', () => {
  test.each([
    ['', 'map[]'],
    ['# nothing\n', 'map[]'],
    ['a: 0644\nb: 0o755\nc: 0xFF\nd: 1_000\ne: 08\nf: 0b1\n', 'map[a:420 b:493 c:255 d:1000 e:8 f:1]'],
    ['y: yes\nN: off\n"y": q\n', 'map[false:false true:true y:q]'],
    ['a: 12:30\nb: 2020-01-02\n', 'map[a:12:30 b:2020-01-02]'],
    ['1: a\ntrue: b\n1.5: c\n', 'map[1:a 1.5:c true:b]'],
    ['a: 1\na: 2\n', 'map[a:2]'],
    [
      'big: 9007199254740993\nhuge: 12345678901234567890\n',
      'map[big:9.007199254740992e+15 huge:1.2345678901234567e+19]',
    ],
    ['__proto__: {x: 1}\n', 'map[__proto__:map[x:1]]'],
    ['a: 1\n---\nb: [\n', 'map[a:1]'],
    ['a: 1\n\tb: 2\n', 'error converting YAML to JSON: yaml: line 2: found character that cannot start any token'],
    ['a: 1\nb: "\n', 'error converting YAML to JSON: yaml: line 2: found unexpected end of stream'],
    ['a: .inf\n', 'error converting YAML to JSON: json: unsupported value: +Inf'],
    [
      '- a\n',
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
  ])('%j', (text, wanted) => {
    expect(printed(text)).toBe(wanted)
  })

  test('aliases may not expand without end', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`,
    )
    expect(printed(`a0: &a0 x\n${levels.join('\n')}\n`)).toContain('yaml: document contains excessive aliasing')
  })

  test('entries are found in the text', () => {
    const read = readValues('# values\na:\n  b.c: 1\n  "d \\" e":\n    - x\n    - z: 2\n')
    if ('error' in read) throw new Error(read.error)
    expect(read.locate(['a', 'b.c'])).toEqual({ line: 3, column: 3 })
    expect(read.locate(['a', 'd " e', 1, 'z'])).toEqual({ line: 6, column: 7 })
    expect(read.locate(['a', 'other'])).toBe(undefined)
  })
})

test('values with a trace know their path in the values of the chart', () => {
  const read = readValues('a:\n  b: [text, 5]\n', { layer, path: ['sub'] })
  if ('error' in read) throw new Error(read.error)
  const a = read.values.get('a') as Dict
  const b = a.get('b') as List
  expect(read.values.origin).toEqual({ layer, path: ['sub'] })
  expect(a.origin?.path).toEqual(['sub', 'a'])
  expect(b.origin?.path).toEqual(['sub', 'a', 'b'])
  expect(b.items).toEqual([
    new Traced('text', [{ length: 4, origin: { value: { layer, path: ['sub', 'a', 'b', 0] } } }]),
    new Traced(5, [{ length: 0, origin: { value: { layer, path: ['sub', 'a', 'b', 1] } } }]),
  ])
})
