import { describe, expect, test } from 'vitest'
import {
  type CallContext,
  Dict,
  FunctionError,
  LimitError,
  List,
  MISSING,
  Sized,
  Struct,
  type Value,
  int64,
  plain,
  sprint,
} from '@kubescape/go-template'
import { helmEncodingFunctions, sprigEncodingFunctions } from './functions.ts'

const context: CallContext = {
  now: 0,
  randomBytes: (count) => new Uint8Array(count),
  synthetic: () => {},
  spend: () => {},
}

function helm(name: string, value: Value): Value {
  return helmEncodingFunctions.get(name)?.call([value], context)
}

function sprig(name: string, value: Value): Value {
  return sprigEncodingFunctions.get(name)?.call([value], context)
}

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Dict(new Map(Object.entries(entries)))
}

function list(...items: Value[]): List {
  return new List(items)
}

class Point extends Struct {
  readonly type = 'Point'

  field(): typeof MISSING {
    return MISSING
  }

  method(): undefined {
    return undefined
  }

  print(): string {
    return '{1 2}'
  }

  override json(): Value {
    return dict({ x: 1n, y: 2n })
  }
}

const cycle = dict({})
cycle.entries.set('self', cycle)

describe('toYaml', () => {
  test.each<[Value, string]>([
    [undefined, 'null'],
    [null, 'null'],
    [true, 'true'],
    ['text', 'text'],
    ['true', '"true"'],
    [5n, '5'],
    [int64(-7), '-7'],
    [21000000, '21000000'],
    [1.5, '1.5'],
    [0.00001, '1e-05'],
    [1234567.5, '1.2345675e+06'],
    [12345678901234567000, '12345678901234567000'],
    [1e20, '1e+20'],
    [-0, '0'],
    [new Sized('float32', Math.fround(0.1)), '0.1'],
    [new List([104n, 105n], 'uint8'), 'aGk='],
    [new Point(), 'x: 1\n"y": 2'],
    [list(), '[]'],
    [dict({}), '{}'],
    [list(list(1n, 2n), dict({ b: list('x'), a: null })), '- - 1\n  - 2\n- a: null\n  b:\n  - x'],
    [dict({ b: 1n, a10: 2n, a9: 3n, yes: 'no' }), 'a9: 3\na10: 2\nb: 1\n"yes": "no"'],
    ['raw \udc80 byte', 'raw \ufffd byte'],
    ['a\u0085b', 'a b'],
  ])('%# %o', (value, text) => {
    expect(helm('toYaml', value)).toBe(text)
  })

  test.each<[string, Value]>([
    ['infinity', Infinity],
    ['a control character that JSON lets stand', 'a\u007f'],
    ['a map that contains itself', cycle],
    ['a key that YAML would not find', dict({ ['k'.repeat(2000)]: 1n })],
  ])('gives an empty text for %s', (_, value) => {
    expect(helm('toYaml', list(value))).toBe('')
  })

  test('breaks long lines at spaces', () => {
    expect(helm('toYaml', dict({ long: 'word '.repeat(20).trim() }))).toBe(
      `long: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(4).trim()}`,
    )
  })

  test('counts what it writes, and ends where the rendering has had its share', () => {
    let shared: Value = 'x'
    for (let level = 0; level < 40; level++) shared = list(shared, shared)
    let spent = 0
    const limited = {
      ...context,
      spend: (amount: number): void => {
        spent += amount
        if (spent > 100_000) throw new LimitError('too much')
      },
    }
    for (const name of ['toYaml', 'toYamlPretty', 'toJson']) {
      spent = 0
      expect(() => helmEncodingFunctions.get(name)?.call([shared], limited)).toThrow(LimitError)
    }
  })
})

test('what nests too deep ends the rendering, written or read', () => {
  let deep: Value = list('x')
  for (let level = 0; level < 600; level++) deep = dict({ a: list(deep) })
  for (const name of ['toYaml', 'toYamlPretty', 'toJson', 'toToml']) expect(() => helm(name, deep)).toThrow(LimitError)
  const json = '['.repeat(5000) + ']'.repeat(5000)
  for (const name of ['fromJsonArray', 'fromYamlArray']) expect(() => helm(name, json)).toThrow(LimitError)
  for (const toml of [`a = ${json}`, `${'a.'.repeat(5000)}a = 1`, `[${'a.'.repeat(5000)}a]`]) {
    expect(() => helm('fromToml', toml)).toThrow(LimitError)
  }
})

test.each<[Value, string]>([
  [dict({ a: list(1n, list('x')), b: list() }), 'a:\n  - 1\n  - - x\nb: []'],
  [21000000, '2.1e+07'],
  [Infinity, '.inf'],
  ['a\u007f', '"a\\x7F"'],
  ['a\n\tb', '|-\n  a\n  \tb'],
  ['\udc80', '!!binary gA=='],
  [`${'word '.repeat(30)}end`, `${'word '.repeat(30)}end`],
  [cycle, ''],
])('toYamlPretty %# %o', (value, text) => {
  expect(helm('toYamlPretty', value)).toBe(text)
})

describe('JSON', () => {
  test.each<[Value, string]>([
    [undefined, 'null'],
    [dict({ b: 1, a: list(null, 1.5, 5n) }), '{"a":[null,1.5,5],"b":1}'],
    ['<a & "b"> \u2028 \u0001 \\ \udc80', '"\\u003ca \\u0026 \\"b\\"\\u003e \\u2028 \\u0001 \\\\ \\ufffd"'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [-0, '-0'],
    [new Sized('float32', Math.fround(1e-7)), '1e-7'],
    [NaN, ''],
  ])('toJson %# %o', (value, text) => {
    expect(helm('toJson', value)).toBe(text)
    expect(sprig('toJson', value)).toBe(text)
  })

  test('toPrettyJson indents by two spaces, toRawJson keeps the characters of HTML', () => {
    const value = dict({ a: list(1n, dict({})), b: dict({ c: '<' }) })
    expect(sprig('toPrettyJson', value)).toBe('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": {\n    "c": "\\u003c"\n  }\n}')
    expect(sprig('toRawJson', value)).toBe('{"a":[1,{}],"b":{"c":"<"}}')
  })

  test('the functions with must tell of errors', () => {
    for (const name of ['mustToJson', 'mustToPrettyJson', 'mustToRawJson', 'toRawJson']) {
      expect(() => sprig(name, Infinity)).toThrow(new FunctionError('json: unsupported value: +Inf'))
    }
    expect(() => sprig('mustFromJson', 'bad')).toThrow(FunctionError)
  })

  test.each([
    ['', 'unexpected end of JSON input'],
    ['bad', "invalid character 'b' looking for beginning of value"],
    ['nul', 'unexpected end of JSON input'],
    ['nulL', "invalid character 'L' in literal null (expecting 'l')"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,', 'unexpected end of JSON input'],
    ['1 x', "invalid character 'x' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['"a', 'unexpected end of JSON input'],
    ['"\n"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['\u0001', "invalid character '\\x01' looking for beginning of value"],
  ])('%j is no JSON, in the words of Go', (text, message) => {
    expect(() => sprig('mustFromJson', text)).toThrow(new FunctionError(message))
    expect(sprig('fromJson', text)).toBe(undefined)
    expect(sprint(helm('fromJson', text))).toBe(`map[Error:${message}]`)
  })

  test('numbers are float64, keys are any text', () => {
    const value = helm('fromJson', '{"__proto__":{"a":1},"constructor":[123456789012345678901234567890,"\\ud800"]}')
    expect(sprint(value)).toBe('map[__proto__:map[a:1] constructor:[1.2345678901234568e+29 \ufffd]]')
  })

  test('an escaped key is no key that was seen before', () => {
    expect(sprint(helm('fromJson', '{"a":1,"\\\\":2}'))).toBe('map[\\:2 a:1]')
    expect(sprint(helm('fromJson', '{"a":1,"\\u003c":2,"\\n\\/":3}'))).toBe('map[\n/:3 <:2 a:1]')
  })

  test('what is no map or no list is an error', () => {
    expect(sprint(helm('fromJson', '[1]'))).toBe(
      'map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}]',
    )
    expect(sprint(helm('fromJsonArray', '"x"'))).toBe(
      '[json: cannot unmarshal string into Go value of type []interface {}]',
    )
    expect(sprint(helm('fromJsonArray', '[1,"x"]'))).toBe('[1 x]')
    expect(sprint(helm('fromJson', '{"a":1e400}'))).toContain('map[Error:json: cannot unmarshal number 1e400 into')
  })
})

describe('fromYaml', () => {
  test.each([
    [
      'a: 1\nb: [1, 2.5]\nc: 0x10\nd: yes\ne: 2020-01-01\ny: n\n',
      'map[a:1 b:[1 2.5] c:16 d:true e:2020-01-01 true:false]',
    ],
    ['', 'map[]'],
    ['a: 1\n---\nb: 2\n', 'map[a:1]'],
    ['x: &a {k: 1}\nz:\n  <<: *a\n  j: 2', 'map[x:map[k:1] z:map[j:2 k:1]]'],
    ['a: 1\na: 2', 'map[a:2]'],
    [
      '- a',
      'map[Error:error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}]',
    ],
    ['a: b: c', 'map[Error:error converting YAML to JSON: yaml: mapping values are not allowed in this context]'],
    [
      'a: 1\n\tb: 1',
      'map[Error:error converting YAML to JSON: yaml: line 2: found character that cannot start any token]',
    ],
    [
      'null: d',
      'map[Error:error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: "d"]',
    ],
    ['a: *b', "map[Error:error converting YAML to JSON: yaml: unknown anchor 'b' referenced]"],
    ['a: -.inf', 'map[Error:error converting YAML to JSON: json: unsupported value: -Inf]'],
    [
      'a: "\\ud83d\\ude00"',
      'map[Error:error converting YAML to JSON: yaml: found invalid Unicode character escape code]',
    ],
    ["a: '\\ud83d'", 'map[a:\\ud83d]'],
  ])('%j', (text, printed) => {
    expect(sprint(helm('fromYaml', text))).toBe(printed)
  })

  test('fromYamlArray reads lists', () => {
    expect(sprint(helm('fromYamlArray', '- a\n- 1'))).toBe('[a 1]')
    expect(sprint(helm('fromYamlArray', ''))).toBe('[]')
    expect(sprint(helm('fromYamlArray', 'a: 1'))).toBe(
      '[error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value of type []interface {}]',
    )
  })
})

describe('TOML', () => {
  test('plain entries come before tables, lists of maps are tables of their own', () => {
    const value = dict({
      t: dict({ k: true, 'a b': dict({ z: list(1n, 2.5) }) }),
      rows: list(dict({ id: 1n }), dict({ id: 2n, none: null })),
      mixed: list(dict({ d: 1, e: list() }), list(), dict({})),
      big: 2097152,
      text: 'a "b"\n\u0001',
      nothing: null,
    })
    expect(helm('toToml', value)).toBe(`big = 2.097152e+06
mixed = [{d = 1.0, e = []}, [], {}]
text = "a \\"b\\"\\n\\u0001"

[[rows]]
  id = 1

[[rows]]
  id = 2

[t]
  k = true
  [t."a b"]
    z = [1, 2.5]
`)
  })

  test('what TOML cannot hold gives the error as text', () => {
    expect(helm('toToml', 'x')).toBe('toml: top-level values must be Go maps or structs')
    expect(helm('toToml', dict({ a: list(null) }))).toBe('toml: cannot encode array with nil element')
    expect(helm('toToml', cycle)).toContain('encountered a cycle')
  })

  test('whole numbers are read as int64', () => {
    const value = helm('fromToml', 'a = 1\nf = 1.0\n[[t]]\nb = "x"\n[[t]]\n') as Dict
    expect(sprint(value)).toBe('map[a:1 f:1 t:[map[b:x] map[]]]')
    expect(plain(value.get('a'))).toEqual(int64(1))
    expect((value.get('t') as List).element).toBe('map[string]interface {}')
  })

  test('times are times', () => {
    const value = helm('fromToml', 'a = 1979-05-27T00:32:00.5-07:00\nb = 1979-05-27\n') as Dict
    expect(sprint(value.get('b'))).toBe('1979-05-27 00:00:00 +0000 UTC')
    expect(helm('toJson', value)).toBe('{"a":"1979-05-27T00:32:00.5-07:00","b":"1979-05-27T00:00:00Z"}')
  })

  test('errors name the line', () => {
    expect(sprint(helm('fromToml', 'bad'))).toBe("map[Error:toml: line 1: unexpected EOF; expected key separator '=']")
    expect(sprint(helm('fromToml', 'a = 1\na = 2'))).toMatch(/^map\[Error:toml: line 2: /)
    expect(sprint(helm('fromToml', 'a = ['))).toMatch(/^map\[Error:toml: /)
  })
})
