import { describe, expect, test } from 'vitest'
import { valueText } from '../values/value-text.ts'
import type { Body, Module, RegoVersion, Rule, Term } from './ast.ts'
import { parseTerm } from '../../testing/parse-term.ts'
import { parseModule, parseQuery, parseValue } from './parse.ts'

describe('terms', () => {
  test.each([
    ['a + b * c - d', '(minus (plus a (mul b c)) d)'],
    ['a | b & c == d', '(equal (or a (and b c)) d)'],
    ['1 < 2 < 3', '(lt (lt 1 2) 3)'],
    ['a in b == c', '(internal.member_2 a (equal b c))'],
    ['k, v in xs', '(internal.member_3 k v xs)'],
    ['f(k, v in xs)', '(f k (internal.member_2 v xs))'],
    ['-x.y + -1', '(plus (minus 0 (ref x "y")) -1)'],
    ['x.if["b c"][y].in', '(ref x "if" "b c" y "in")'],
    ['in["a"]', '(ref in "a")'],
    ['f(x).y[0]', '(ref (f x) "y" 0)'],
    ['json.unmarshal("1")', '((ref json "unmarshal") "1")'],
    ['[1, 2,]', '[1 2]'],
    ['{x | x}', '{x | x}'],
    ['{x | x, y}', '{(or x x) y}'],
    ['[a | b | c]', '[a | (or b c)]'],
    ['[a | b, c]', '[(or a b) c]'],
    ['{1: 2 | 3}', '{1: 2 | 3}'],
    ['{1: 2 | 3, 4: 5}', '{1: (or 2 3) 4: 5}'],
    ['{x + 1: y | true}', '{(plus x 1): y | true}'],
    ['{(a | b)}', '{(or a b)}'],
    ['set()', '{,}'],
    ['{}', '{:}'],
    [String.raw`"\u00e9\ud83d\ude00\/\n"`, String.raw`"é😀/\n"`],
    ['`a\\n\nb`', String.raw`"a\\n\nb"`],
    [String.raw`$"a \{ {x} {"}"}"`, '$["a { " x " " "}"]'],
    ['$"{x with input as 1}"', '$[(ref [$0 | (eq $0 x) with input as 1] 0)]'],
    ['$`{f($"{y}")}\\n`', String.raw`$[(f $[y]) "\\n"]`],
  ])('%s', (text, expected) => {
    const result = parseTerm(text)
    expect('term' in result ? sketch(result.term) : result.problems).toBe(expected)
  })

  test.each([
    '"a".b',
    '1[2]',
    '(a.b)[0]',
    'f (x)',
    'f(x)(y)',
    '01',
    '1.',
    '1a',
    '.5',
    '--x',
    '-(x)',
    '"a\nb"',
    '"\\x"',
    '[1,,2]',
    '()',
  ])('refuses %s', (text) => {
    expect(parseTerm(text)).toHaveProperty('problems')
  })

  test('each wildcard has a name of its own', () => {
    const result = parseTerm('[_, _]')
    expect('term' in result && sketch(result.term)).toBe('[$0 $1]')
  })

  test('values are read from text', () => {
    expect(valueText(parseValue('{"b": {2, 1}, "a": [null, 1.50]}') ?? null)).toBe('{"a": [null, 1.50], "b": {1, 2}}')
    expect(parseValue('x')).toBeUndefined()
    expect(parseValue('1 +')).toBeUndefined()
  })

  test('places count characters, not units', () => {
    const result = parseQuery('"😀" == x\n  y', 'v1')
    const [first, second] = 'body' in result ? result.body : []
    expect(first?.location).toMatchObject({ row: 1, column: 1, start: 0, end: 9 })
    expect(
      first?.expression.type === 'term' && first.expression.term.type === 'call' && first.expression.term.args[1],
    ).toMatchObject({
      location: { column: 8, start: 8 },
    })
    expect(second?.location).toMatchObject({ row: 2, column: 3 })
  })
})

describe('bodies', () => {
  test.each([
    ['x := 1; y = x', '(assign x 1); (eq y x)'],
    ['x\n[0]', 'x; [0]'],
    ['x\n+ 1', '(plus x 1)'],
    ['not x with input.a as 1 with data.f as g', 'not x with (ref input "a") as 1 with (ref data "f") as g'],
    ['some x, y', 'some x y'],
    ['some [x, _] in xs', 'some [x $0] in xs'],
    ['some k, v in xs', 'some k v in xs'],
    ['every k, v in xs { v; k }', 'every k v in xs (v; k)'],
    ['not.x == 1', '(equal (ref not "x") 1)'],
    ['x.y == 1\nin.z', '(equal (ref x "y") 1); (ref in "z")'],
  ])('%j', (text, expected) => {
    const result = parseQuery(text, 'v1')
    expect('body' in result ? sketchBody(result.body) : result.problems).toBe(expected)
  })

  test.each([
    '',
    'x;',
    'x y',
    'x; ; y',
    'not some x in y',
    'some x.y',
    'x = y = z',
    'a, b',
    'x with 1 as 2',
    'every [x] in y { x }',
  ])('refuses %j', (text) => {
    expect(parseQuery(text, 'v1')).toHaveProperty('problems')
  })

  test('v0 has no `in`, and says where it would come from', () => {
    const result = parseQuery('x in y', 'v0')
    expect('problems' in result && result.problems[0]).toMatchObject({
      message: 'unexpected name `in`, expected a new line, `;` or the end',
      hint: 'in v0, `in` is a keyword only after `import rego.v1`',
    })
  })
})

describe('rules', () => {
  test.each<[string, string[]]>([
    ['p := 1', ['complete p := 1']],
    ['p if x', ['complete p = true { x }']],
    ['p if { x } { y }', ['complete p = true { x }', 'complete p = true { y }']],
    ['p if { x | y }', ['complete p = true { {x | y} }']],
    ['p if { x | y } == z', ['complete p = true { (equal {x | y} z) }']],
    ['p if { -x | y }', ['complete p = true { {(minus 0 x) | y} }']],
    ['p if { (a + b) | y }', ['complete p = true { {(plus a b) | y} }']],
    ['p if { a + b | y }', ['complete p = true { (or (plus a b) y) }']],
    ['p if {}', ['complete p = true { {:} }']],
    ['p if {"a": 1}', ['complete p = true { {"a": 1} }']],
    ['p if { x } == {1}', ['complete p = true { (equal {x} {1}) }']],
    ['p contains x if x := 1', ['set p [x] { (assign x 1) }']],
    ['p.q[x].r := y if x', ['complete p."q".x."r" := y { x }']],
    ['f(x, [_]) := y if { y := x }', ['function f(x [$0]) := y { (assign y x) }']],
    ['f() := 1', ['complete f := 1']],
    ['default f(_, x) := 1', ['default function f($0 x) := 1']],
    ['p if x else := 2 if y else := 3', ['complete p = true { x } else := 2 { y } else := 3']],
    ['in.foo := 1\ncontains["x"] := 2', ['complete in."foo" := 1', 'complete contains."x" := 2']],
    ['p if x q := 1', ['complete p = true { x }', 'complete q := 1']],
    ['f(x)', ['function f(x) = true']],
  ])('v1: %j', (text, expected) => {
    expect(rulesOf(text, 'v1')).toEqual(expected)
  })

  test.each<[string, string[]]>([
    ['p[x] { x }', ['set p [x] { x }']],
    ['p.a { x }', ['set p ["a"] { x }']],
    ['p.a.b { x }', ['complete p."a"."b" = true { x }']],
    ['p[x] = y { x }', ['complete p.x = y { x }']],
    ['p["a"]', ['set p ["a"]']],
    ['p = x { x } else = 2 { y }', ['complete p = x { x } else = 2 { y }']],
    ['if := 1', ['complete if := 1']],
    ['import rego.v1\np contains 1 if 1 in x', ['set p [1] { (internal.member_2 1 x) }']],
    ['import future.keywords.if\np if x', ['complete p = true { x }']],
  ])('v0: %j', (text, expected) => {
    expect(rulesOf(text, 'v0')).toEqual(expected)
  })

  test.each([
    'p',
    'p { x }',
    'p[x] { x }',
    'p.a',
    'p.a.b',
    'p == 1',
    '"a" := 1',
    'p := 1; q := 2',
    'p contains x if x else := 1',
    'p[x] if x else := 1',
    'contains := 1',
    'default p := x',
    'default p contains 1',
    'default f(1) := 1',
    'default f(x, x) := 1',
    'f(x) contains 1',
    'f(x).y := 1',
    'import foo.bar',
    'import data.x as input',
    'import input.x as data',
    'import data.x as contains',
    'import data.foo.if',
    'import data.a[x]',
    'import rego.v2',
    'import future.keywords.x',
    'import future.keywords.in as x',
    'package y',
    'p := 1 { x }',
    'p := 1 if x else := 2 { y }',
    'p if {x} with input as 1',
    'p if set()',
    'default p := $"{x}"',
  ])('v1 refuses %j', (text) => {
    expect(parseModule('a.rego', `package x\n${text}`, 'v1')).toHaveProperty('problems')
  })

  test('a problem in a rule does not hide those of the next', () => {
    const result = parseModule('a.rego', 'package x\np := [1\nq := 2\nr { x }\n  y := \ns if ]', 'v1')
    const places = 'problems' in result ? result.problems.map(({ location }) => location?.row) : []
    expect(places).toEqual([3, 4, 6])
  })

  test('a body without `if` is explained', () => {
    const result = parseModule('a.rego', 'package x\np { x }', 'v1')
    expect('problems' in result && result.problems).toMatchObject([
      {
        code: 'rego_parse_error',
        message: 'a body needs `if` before it',
        location: { file: 'a.rego', row: 2, column: 1 },
      },
    ])
  })

  test('`not` takes a body after its import', () => {
    const [rule] = moduleOf('import future.keywords.not\np if not { x; y }', 'v1').rules
    expect(rule?.body).toMatchObject([{ negated: true, isNegatedBody: true, expression: { term: { type: 'ref' } } }])
  })

  test('deep texts are refused', () => {
    for (const open of ['[', '{', 'f(', '(', '[x | ', '{"a": ', 'x[', '-x + ', '$"{']) {
      expect(parseTerm(open.repeat(100_000))).toHaveProperty('problems')
    }
    expect(parseTerm(`1${' + 1'.repeat(100_000)}`)).toHaveProperty('problems')
    expect(parseModule('a.rego', `package x\np if a${' else := 1 if b'.repeat(10_000)}`, 'v1')).toHaveProperty(
      'problems',
    )
  })

  test('brackets that are no comprehensions cost no more than others', () => {
    const text = `${'[a | '.repeat(100)}b${', c]'.repeat(100)}`
    expect(parseTerm(text)).toHaveProperty('term')
  })

  test('long texts are refused', () => {
    expect(parseModule('a.rego', 'package x', 'v1', { maxLength: 8 })).toHaveProperty('problems')
  })
})

describe('metadata', () => {
  test('stands above packages and rules', () => {
    const module = parseModule(
      'a.rego',
      [
        '# METADATA',
        '# title: The package',
        'package x',
        '# METADATA',
        '# authors:',
        '# - Jane <jane@example.com>',
        '# - name: Joe',
        '# related_resources: [https://example.com]',
        '# custom: {a: [1]}',
        '',
        '# another comment',
        'p := 1',
        '# METADATA',
        '# entrypoint: true',
        'q := 1',
      ].join('\n'),
      'v1',
    )
    expect('module' in module && module.module.annotations).toMatchObject([
      { scope: 'package', data: { scope: 'package', title: 'The package' } },
      {
        scope: 'rule',
        rule: 0,
        data: {
          authors: [{ name: 'Jane', email: 'jane@example.com' }, { name: 'Joe' }],
          related_resources: [{ ref: 'https://example.com' }],
          custom: { a: [1] },
        },
      },
      { scope: 'document', rule: 1, data: { entrypoint: true } },
    ])
  })

  test.each([
    '# METADATA\np := 1',
    '# METADATA\n# title: [1\np := 1',
    '# METADATA\n# - a\np := 1',
    '# METADATA\n# scope: package\np := 1',
    '# METADATA\n# scope: x\np := 1',
    '# METADATA\n# authors: [{}]\np := 1',
    '# METADATA\n# custom: 1\np := 1',
    '# METADATA\n# title: x',
  ])('%j is a problem', (text) => {
    expect(parseModule('a.rego', `package x\n${text}`, 'v1')).toMatchObject({
      problems: [{ code: 'rego_parse_error' }],
    })
  })
})

function moduleOf(text: string, version: RegoVersion): Module {
  const result = parseModule('a.rego', `package x\n${text}`, version)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.module
}

function rulesOf(text: string, version: RegoVersion): string[] {
  return moduleOf(text, version).rules.map((rule) => {
    const [first, ...rest] = rule.ref
    const name = [first === undefined ? '' : sketch(first).slice(1, -1), ...rest.map(sketch)].join('.')
    const parameters = rule.parameters === undefined ? '' : `(${rule.parameters.map(sketch).join(' ')})`
    const key = rule.key === undefined ? '' : ` [${sketch(rule.key)}]`
    return `${rule.isDefault ? 'default ' : ''}${rule.kind} ${name}${parameters}${key}${sketchTail(rule)}`
  })
}

function sketchTail({ value, isAssigned, hasNoBody, body, otherwise }: Rule): string {
  const given = value === undefined ? '' : ` ${isAssigned ? ':=' : '='} ${sketch(value)}`
  return `${given}${hasNoBody === true ? '' : ` { ${sketchBody(body)} }`}${otherwise === undefined ? '' : ` else${sketchTail(otherwise)}`}`
}

function sketch(term: Term): string {
  switch (term.type) {
    case 'scalar':
      return valueText(term.value)
    case 'variable':
      return term.name
    case 'ref':
      return `(ref ${[term.head, ...term.operands].map(sketch).join(' ')})`
    case 'call':
      return `(${[term.operator, ...term.args].map(sketch).join(' ')})`
    case 'array':
      return `[${term.items.map(sketch).join(' ')}]`
    case 'set':
      return `{${term.items.map(sketch).join(' ') || ','}}`
    case 'object':
      return `{${term.entries.map(([key, value]) => `${sketch(key)}: ${sketch(value)}`).join(' ') || ':'}}`
    case 'array-comprehension':
      return `[${sketch(term.head)} | ${sketchBody(term.body)}]`
    case 'set-comprehension':
      return `{${sketch(term.head)} | ${sketchBody(term.body)}}`
    case 'object-comprehension':
      return `{${sketch(term.key)}: ${sketch(term.value)} | ${sketchBody(term.body)}}`
    default:
      return `$[${term.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : sketch(part))).join(' ')}]`
  }
}

function sketchBody(body: Body): string {
  return body
    .map(({ expression, negated, withs }) => {
      let text: string
      if (expression.type === 'term') text = sketch(expression.term)
      else if (expression.type === 'some') text = `some ${expression.variables.map(sketch).join(' ')}`
      else {
        const key = expression.key === undefined ? '' : `${sketch(expression.key)} `
        const word = expression.type === 'every' ? 'every' : 'some'
        const inner = expression.type === 'every' ? ` (${sketchBody(expression.body)})` : ''
        text = `${word} ${key}${sketch(expression.value)} in ${sketch(expression.domain)}${inner}`
      }
      const changes = withs.map(({ target, value }) => ` with ${sketch(target)} as ${sketch(value)}`).join('')
      return `${negated ? 'not ' : ''}${text}${changes}`
    })
    .join('; ')
}
