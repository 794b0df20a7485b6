/** Reading of documents: values, problems, limits. */

import { describe, expect, test } from 'vitest'
import { readDocument, splitDocuments } from './index.ts'
import type { Limits, ReadResult } from './index.ts'

function read(text: string, limits?: Partial<Limits>): ReadResult {
  return readDocument(text, { start: 0, end: text.length, line: 1 }, limits)
}

describe('values', () => {
  test.each([
    ['', null],
    ['# c\n', null],
    ['---\n', null],
    ['a: b\n', { a: 'b' }],
    ['{"a": [1, "b", null, true], "c": {}}', { a: [1, 'b', null, true], c: {} }],
    ['  {\n"a": 1\n}', { a: 1 }],
    ['{\n\t"a": 1\n}', { a: 1 }],
    ['a: {\n  b: c\n}\nd: [\n1,\n  2\n]\n', { a: { b: 'c' }, d: [1, 2] }],
    ['a:\n  b: [\n\tx,\r\n  {\n  }\n  ]\n', { a: { b: ['x', {}] } }],
    ['a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
    ['a: |\n  x', { a: 'x' }],
    ['a: b\n  c\n', { a: 'b c' }],
    ["a: 'it''s'\nb: \"\\u263a\\n\"\n", { a: "it's", b: '\u263a\n' }],
    ['y: 1\n0x10: 2\n1.50: 3\n1e6: 4\n', { true: 1, 16: 2, '1.5': 3, '1e+06': 4 }],
    [
      '9007199254740992: a\n18446744073709551616: b\n.inf: c\n',
      { '9007199254740992': 'a', '1.8446744e+19': 'b', '.inf': 'c' },
    ],
    ['a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x k\n*x : 1\n', { a: 'k', k: 1 }],
    ['a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
    ['x: &x {a: 1, b: 2}\nz: {<<: *x, b: 3}\n', { x: { a: 1, b: 2 }, z: { a: 1, b: 3 } }],
    ['- &x {a: 1}\n- &y {a: 2, b: 2}\n- <<: [*x, *y]\n  c: 3\n', [{ a: 1 }, { a: 2, b: 2 }, { a: 1, b: 2, c: 3 }]],
    ['"<<": 1\n', { '<<': 1 }],
    ['a: x\u2028b: z\n', { a: 'x', b: 'z' }],
    ['a: "x\u2028z"\n', { a: 'x\u2028z' }],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual({ value, problems: [] })
  })

  test('integers that a double cannot hold are exact', () => {
    const text =
      '[9007199254740993, -9223372036854775808, 18446744073709551615, 9007199254740991, 18446744073709551616]'
    expect(read(text).value).toEqual([
      9007199254740993n,
      -9223372036854775808n,
      18446744073709551615n,
      9007199254740991,
      2 ** 64,
    ])
  })

  test('`__proto__` is a key like any other', () => {
    const { value, problems } = read(
      '__proto__: {polluted: yes}\na: {<<: {__proto__: 1}, constructor: 2, toString: 3}\n',
    )
    expect(problems).toEqual([])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a'])
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":{"polluted":true},"a":{"__proto__":1,"constructor":2,"toString":3}}',
    )
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
  })
})

describe('scalars', () => {
  test.each([
    ['y', true],
    ['Y', true],
    ['YES', true],
    ['On', true],
    ['yEs', 'yEs'],
    ['n', false],
    ['Off', false],
    ['FALSE', false],
    ['~', null],
    ['NULL', null],
    ['nULL', 'nULL'],
    ['NaN', 'NaN'],
    ['inf', 'inf'],
    ['0777', 511],
    ['0o777', 511],
    ['0O7', 7],
    ['0X1f', 31],
    ['-0b101', -5],
    ['0b-1', -1],
    ['0b+1', 1],
    ['-0b-1', '-0b-1'],
    ['0b2', '0b2'],
    ['0x', '0x'],
    ['08', 8],
    ['0_8', 8],
    ['_1', '_1'],
    ['1_', 1],
    ['+12e03', 12000],
    ['.5_5', 0.55],
    ['.5__5', '.5__5'],
    ['._5', '._5'],
    ['.5e1_0', 5e9],
    ['.', '.'],
    ['1e999', '1e999'],
    ['0xFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFF'],
    ['+18446744073709551615', 2 ** 64],
    ['12:30', '12:30'],
    ['2001-01-01', '2001-01-01'],
    ['<<', '<<'],
    ['=', '='],
    ['-', undefined],
    ['!!str 5', '5'],
    ['!!str', ''],
    ['!!int "5"', 5],
    ['!!int 1.5', undefined],
    ['!!float 5', 5],
    ['!!float 18446744073709551615', undefined],
    ['!!bool yes', true],
    ['!!bool x', undefined],
    ['!!null ~', null],
    ['!!null x', undefined],
    ['!!timestamp 2001-1-1', '2001-1-1'],
    ['!!timestamp 2001-2-29', undefined],
    ['!!binary aGk=', 'hi'],
    ['!!binary "*"', undefined],
    ['!local 5', '5'],
    ['! 5', '5'],
    ['!<tag:yaml.org,2002:int> "5"', 5],
    ['.nan', undefined],
    ['-.inf', undefined],
  ])('%s', (text, value) => {
    const expected = value === undefined ? undefined : { x: value }
    expect(read(`x: ${text}\n`).value).toEqual(expected)
  })

  test('a %TAG line gives tags their meaning', () => {
    expect(read('%TAG !y! tag:yaml.org,2002:\n---\nx: !y!int "5"\n').value).toEqual({ x: 5 })
  })
})

describe('problems', () => {
  test.each([
    ['a:\n\tb: c\n', 'yaml/tab-indentation', 2, 1],
    ['a: "x\n', 'yaml/unclosed-quote', 2, 1],
    ['a: [1, 2\n', 'yaml/unclosed-bracket', 2, 1],
    ['a: 1\n b: 2\n', 'yaml/bad-indentation', 2, 3],
    ['a: b: c\n', 'yaml/bad-indentation', 1, 5],
    ['a: "x\ny"\n', 'yaml/unclosed-quote', 2, 1],
    ['a: [1,\nb: 2\nc: 3\n', 'yaml/unclosed-bracket', 2, 1],
    ['a: {\n}\nb:\n\tc: d\n', 'yaml/tab-indentation', 4, 1],
    ['a: 1\nb\nc: d\n', 'yaml/missing-colon', 2, 1],
    ['a: [1 2, "x" "y"]\n', 'yaml/missing-comma', 1, 14],
    ['a: [1,,2]\n', 'yaml/extra-comma', 1, 7],
    ['a: @x\n', 'yaml/bad-start', 1, 4],
    ['a: \u0001\n', 'yaml/control-character', 1, 4],
    ['a: "\\q"\n', 'yaml/bad-escape', 1, 6],
    ['a: | x\n', 'yaml/bad-block-scalar', 1, 6],
    ['a: !!a!b c\n', 'yaml/bad-tag', 1, 7],
    ['a: *\n', 'yaml/bad-alias', 1, 5],
    ['a: &\n', 'yaml/bad-anchor', 1, 5],
    ['a: *x\n', 'yaml/unknown-alias', 1, 4],
    ['a: &x [*x]\n', 'yaml/recursive-alias', 1, 8],
    ['a: 1\n? [b]\n: c\n', 'yaml/bad-key', 2, 3],
    ['a: 1\n~: c\n', 'yaml/bad-key', 2, 1],
    ['<<: 1\n', 'yaml/bad-merge', 1, 5],
    ['a: {b:}\n', 'yaml/glued-colon', 1, 6],
    ['a: .inf\n', 'yaml/not-json', 1, 4],
    ['a: !!int x\n', 'yaml/tag-mismatch', 1, 4],
    ['a: 1\n---\nb: 2\n', 'yaml/several-documents', 3, 1],
    ['- a\nb\n', 'yaml/unexpected-content', 2, 1],
  ])('%j', (text, code, line, column) => {
    const { value, problems } = read(text)
    expect(value).toBe(undefined)
    expect(problems).toMatchObject([{ code, line, column }])
    expect(problems[0]?.message).toMatch(/\.$/)
  })

  test.each([
    'a: {{ .Values.x }}\n',
    '{{- if .Values.a }}\na: b\n{{- end }}\n',
    'a:\n  {{- toYaml .x | nindent 2 }}\n',
  ])('a template is recognised: %j', (text) => {
    expect(read(text).problems[0]?.hint).toContain('Helm template')
  })

  test('a tab as indentation is named, with what to do', () => {
    expect(read('a:\n\tb: c\n').problems).toEqual([
      {
        code: 'yaml/tab-indentation',
        message: 'A tab is used as indentation.',
        hint: 'YAML allows spaces only; replace the tab.',
        line: 2,
        column: 1,
      },
    ])
  })

  test('a duplicate key is a problem at the second key, and the last value counts', () => {
    const { value, problems } = read('a: 1\nb: 2\n"a": 3\n')
    expect(value).toEqual({ a: 3, b: 2 })
    expect(problems).toMatchObject([{ code: 'yaml/duplicate-key', line: 3, column: 1 }])
  })

  test('keys that become one in JSON are duplicates', () => {
    expect(read('1: a\n"1": b\n').problems).toMatchObject([{ code: 'yaml/duplicate-key', line: 2 }])
  })

  test('a merge key after a key that it holds too is reported, and the merge wins as in a cluster', () => {
    const { value, problems } = read('x: {a: 1, <<: {a: 2}}\n')
    expect(value).toEqual({ x: { a: 2 } })
    expect(problems).toMatchObject([{ code: 'yaml/late-merge', line: 1, column: 11 }])
  })

  test('a broken document costs only itself, and its problem stands in the file', () => {
    const text = 'a: 1\r\n---\r\nb: [\r\n---\r\nc: 3\r\n'
    const results = splitDocuments(text).map((slice) => readDocument(text, slice))
    expect(results.map(({ value }) => value)).toEqual([{ a: 1 }, undefined, { c: 3 }])
    expect(results[1]?.problems).toMatchObject([{ code: 'yaml/unclosed-bracket', line: 4, column: 1 }])
  })
})

describe('limits', () => {
  test.each([['['], ['{a: '], ['- '], ['? '], ['[{a: ']])('nesting of %j ends at the limit', (opening) => {
    expect(read(opening.repeat(50_000))).toMatchObject({ value: undefined, problems: [{ code: 'yaml/too-deep' }] })
  })

  test('200 levels are read, 201 are not', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(read(nested(200)).problems).toEqual([])
    expect(read(nested(201)).problems).toMatchObject([{ code: 'yaml/too-deep' }])
    expect(read(nested(4), { depth: 3 }).problems).toMatchObject([{ code: 'yaml/too-deep' }])
  })

  test('a depth limit that the stack cannot hold is a problem, not a crash', () => {
    expect(read('['.repeat(100_000), { depth: 1_000_000 }).problems).toHaveLength(1)
  })

  test('levels behind aliases count', () => {
    const chain = Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`)
    expect(read(['a0: &a0 [x]', ...chain].join('\n')).problems).toMatchObject([{ code: 'yaml/too-deep' }])
  })

  test('a billion laughs end quickly', () => {
    const lines = Array.from(
      { length: 60 },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)} x]`,
    )
    expect(read(['a0: &a0 [lol]', ...lines].join('\n')).problems).toMatchObject([
      { code: 'yaml/too-many-aliases', line: 6 },
    ])
  })

  test('merge keys count as aliases do', () => {
    const text = `a: &a {${Array.from({ length: 50 }, (_, index) => `k${index}: v`).join(', ')}}\nb: {<<: [${'*a, '.repeat(5)}]}\n`
    expect(read(text).problems).toEqual([])
    expect(read(text.replace('<<', 'c'), { aliasNodes: -10_000 }).problems).toMatchObject([
      { code: 'yaml/too-many-aliases' },
    ])
    expect(read(text, { aliasNodes: -650 }).problems).toMatchObject([{ code: 'yaml/too-many-aliases' }])
  })

  test('many values and long documents end before they are parsed', () => {
    expect(read(`[${'a,'.repeat(2_500_000)}]`, { nodes: 1_000_000 }).problems).toMatchObject([
      { code: 'yaml/too-large' },
    ])
    expect(read('a: b\n', { length: 4 }).problems).toMatchObject([{ code: 'yaml/too-large' }])
  })

  test('not more than the wanted number of problems is reported', () => {
    expect(read('a: 1\n'.repeat(1000)).problems).toHaveLength(100)
    expect(read('a: 1\n'.repeat(10), { problems: 3 }).problems).toHaveLength(3)
  })
})
