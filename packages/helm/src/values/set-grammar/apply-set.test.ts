import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Dict, List, Sized, Traced, type Value, sprint } from '@kubescape/go-template'
import { applySet, type SetKind, type SetOptions } from './apply-set.ts'

const readFile: NonNullable<SetOptions['readFile']> = (path) =>
  path === 'missing' ? { problem: 'open missing: no such file or directory' } : { text: `<${path}>` }

function set(kind: SetKind, text: string, values = new Dict()): string {
  return applySet(kind, text, values, { readFile }) ?? sprint(values)
}

const kinds: readonly SetKind[] = ['set', 'set-string', 'set-json', 'set-file', 'set-literal']

describe('what texts set', () => {
  test.each<[SetKind, string, string]>([
    ['set', 'a.b=1,c[1].d=x', 'map[a:map[b:1] c:[<nil> map[d:x]]]'],
    ['set', 'a={x,y\\,z},b=', 'map[a:[x y,z] b:]'],
    ['set', 'a\\.b=c\\=d', 'map[a.b:c=d]'],
    ['set-string', 'a=1,b=true', 'map[a:1 b:true]'],
    ['set-json', 'a={"x":[1,null]},b="q",c=', 'map[a:map[x:[1 <nil>]] b:q c:<nil>]'],
    ['set-json', 'a=1 ,b=true', 'map[a:1 b:true]'],
    ['set-file', 'a=one,b={two,three}', 'map[a:<one> b:[<two> <three>]]'],
    ['set-literal', 'a.b=x,y={z}\\', 'map[a:map[b:x,y={z}\\]]'],
    ['set', 'list[0].foo=', 'map[list:[]]'],
    ['set', '__proto__.x=1', 'map[__proto__:map[x:1]]'],
    ['set', '', 'map[]'],
  ])('--%s %s', (kind, text, values) => {
    expect(set(kind, text)).toBe(values)
  })

  test('words and numbers have their types', () => {
    const values = new Dict()
    applySet('set', 'a=TRUE,b=null,c=-5,d=007,e=1.5,f=9223372036854775808,g=0', values)
    expect(values.get('a')).toBe(true)
    expect(values.get('b')).toBeNull()
    expect(values.get('c')).toEqual(new Sized('int64', -5n))
    expect(['d', 'e', 'f'].map((key) => values.get(key))).toEqual(['007', '1.5', '9223372036854775808'])
    expect(values.get('g')).toEqual(new Sized('int64', 0n))
  })

  test('what is there already stays', () => {
    const values = new Dict(
      new Map<string, Value>([
        ['a', new Dict(new Map<string, Value>([['b', 1n]]))],
        ['l', new List(['x'])],
      ]),
    )
    expect(set('set', 'a.c=2,l[1]=y', values)).toBe('map[a:map[b:1 c:2] l:[x y]]')
  })
})

describe('what is wrong with texts', () => {
  test.each<[SetKind, string, string]>([
    ['set', 'a', 'key "a" has no value'],
    ['set', 'a,b=1', 'key "a" has no value (cannot end with ,)'],
    ['set', 'a.=1', 'key map "a" has no value'],
    ['set', 'a={b', "list must terminate with '}'"],
    ['set', 'a[x]=1', 'error parsing index: strconv.Atoi: parsing "x": invalid syntax'],
    ['set', 'a[-1]=1', 'negative -1 index not allowed'],
    ['set', 'a[65537]=1', 'index of 65537 is greater than maximum supported index of 65536'],
    ['set', 'a[0]b=1', "unexpected data at end of array index: ['b']"],
    [
      'set',
      'a=1,a.b=2',
      'unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}',
    ],
    [
      'set',
      'a=null,a.b=2',
      'unable to parse key: interface conversion: interface {} is nil, not map[string]interface {}',
    ],
    ['set', 'a={x},a[0][0]=2', 'unable to parse key: interface conversion: interface {} is string, not []interface {}'],
    ['set', `${'a.'.repeat(31)}b=1`, 'value name nested level is greater than maximum supported nested level of 30'],
    ['set', `a${'[0]'.repeat(2000)}=1`, 'indexes are nested more than 1000 levels deep'],
    ['set', Array.from({ length: 20 }, (_, at) => `a${at}[65536]=1`).join(','), 'more than 1000000 items are set'],
    ['set-file', 'a=missing', 'open missing: no such file or directory'],
    ['set-json', 'a={"b":', 'unexpected EOF'],
    ['set-json', 'a=x', "invalid character 'x' looking for beginning of value"],
    ['set-json', 'a={b}', 'invalid JSON value "{b}"'],
    ['set-json', `a=${'['.repeat(2000)}`, 'exceeded max depth'],
    ['set-json', 'a=1e999', 'cannot unmarshal number into Go value of type float64'],
  ])('--%s %s', (kind, text, problem) => {
    expect(set(kind, text)).toBe(problem)
  })
})

test('values remember the flag that set them, and the way to them', () => {
  const layer = { kind: 'set', name: '--set image.tags[1]=v1' } as const
  const values = new Dict()
  applySet('set', 'image.tags[1]=v1', values, { layer })
  const image = values.get('image') as Dict
  expect(image.origin).toEqual({ layer, path: ['image'] })
  const tags = image.get('tags') as List
  expect(tags.origin).toEqual({ layer, path: ['image', 'tags'] })
  expect(tags.items[1]).toEqual(
    new Traced('v1', [{ length: 2, origin: { value: { layer, path: ['image', 'tags', 1] } } }]),
  )
})

test('any text gives values or says what is wrong', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    ',',
    '=',
    '[',
    ']',
    '{',
    '}',
    '\\',
    '0',
    '1',
    '-1',
    '"',
    ' ',
    ':',
    'null',
    '\udc80',
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...kinds), text, (kind, flag) => {
      expect(set(kind, flag)).not.toBe('')
    }),
    { numRuns: 3000 },
  )
})
