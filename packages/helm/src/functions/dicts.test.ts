import { describe, expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'
import { callFunction } from '../../testing/call-function.ts'
import { Dict, LimitError, List, Traced, type Value } from '@kubescape/go-template'

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Dict(new Map(Object.entries(entries)))
}

describe('entries', () => {
  test.each([
    ['dict "a" 1 "b" | toJson', '{"a":1,"b":""}'],
    ['dict 1 2 nil 3 | toRawJson', '{"1":2,"<nil>":3}'],
    ['dict "__proto__" 1 "constructor" 2 | toJson', '{"__proto__":1,"constructor":2}'],
    ['get (dict "a" nil) "a" | toJson', 'null'],
    ['get dict "toString"', ''],
    ['hasKey dict "__proto__"', 'false'],
    ['set (dict "a" 1) "a" 2 | toJson', '{"a":2}'],
    ['unset (dict "a" 1 "b" 2) "a" | toJson', '{"b":2}'],
    ['keys (dict "b" 1 "a" 1) (dict "a" 1) | toJson', '["a","b","a"]'],
    ['values (dict "b" 1 "a" 2) | toJson', '[2,1]'],
    ['pluck "a" (dict "a" 1) dict (dict "a" nil) | toJson', '[1,null]'],
    ['pick (dict "a" 1 "b" 2) "b" "c" | toJson', '{"b":2}'],
    ['omit (dict "a" 1 "b" 2) "b" "c" | toJson', '{"a":1}'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('pick and omit leave the map as it is', () => {
    expect(output('{{ $d := dict "a" 1 }}{{ $_ := omit $d "a" }}{{ $_ = set (pick $d) "b" 1 }}{{ $d }}')).toBe(
      'map[a:1]',
    )
  })
})

describe('dig', () => {
  const values = 'map: {a: {b: null}, text: x}'
  test.each([
    ['dig "a" "b" "none" .Values.map | toJson', 'null'],
    ['dig "a" "c" "none" .Values.map', 'none'],
    ['dig "z" "c" "none" .Values.map', 'none'],
    ['dig "map" "text" "none" .Values.AsMap', 'x'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`, values)).toBe(text)
  })

  test.each([
    ['dig "map" "none" .Values', 'interface {} is chartutil.Values, not map[string]interface {}'],
    ['dig "text" "b" "none" .Values.map', 'interface {} is string, not map[string]interface {}'],
    ['dig "a" "b" "c" "none" .Values.map', 'interface {} is nil, not map[string]interface {}'],
    ['dig 1 "none" .Values.map', 'interface {} is int, not string'],
  ])('%s fails', (call, reason) => {
    expect(output(`{{ ${call} }}`, values)).toMatch(`error calling dig: interface conversion: ${reason}`)
  })

  test('two arguments are too few', () => {
    expect(output('{{ dig "a" dict }}')).toContain('dig needs at least three arguments')
  })
})

describe('merging', () => {
  test.each([
    ['merge (dict "a" 1) (dict "a" 2 "b" 3) (dict "b" 4)', '{"a":1,"b":3}'],
    [
      'merge (dict "a" 0 "b" "" "c" false "d" nil "e" list) (dict "a" 1 "b" 1 "c" 1 "d" 1 "e" 1)',
      '{"a":1,"b":1,"c":1,"d":1,"e":1}',
    ],
    ['merge dict (dict "a" nil)', '{}'],
    ['merge (dict "a" "text") (dict "a" (dict "b" 1))', '{"a":"text"}'],
    ['merge (dict "a" dict) (dict "a" 1)', '{"a":1}'],
    ['merge (dict "a" (list 1)) (dict "a" (list 2 3))', '{"a":[1]}'],
    ['mergeOverwrite (dict "a" 1 "b" 1 "c" 1) (dict "a" 0 "b" nil)', '{"a":0,"b":null,"c":1}'],
    ['mergeOverwrite (dict "a" (dict "b" 1)) (dict "a" dict)', '{"a":{"b":1}}'],
    ['mergeOverwrite (dict "a" (dict "b" 1)) (dict "a" "text")', '{"a":"text"}'],
    ['mergeOverwrite (dict "a" "text") (dict "a" (dict "b" 1))', '{"a":{"b":1}}'],
    ['mergeOverwrite (dict "a" (list 1 2)) (dict "a" list)', '{"a":[]}'],
    ['mustMergeOverwrite (dict "a" (dict "b" 1 "c" 1)) (dict "a" (dict "b" 2))', '{"a":{"b":2,"c":1}}'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} | toJson }}`)).toBe(text)
  })

  test('the first map changes, and shares maps with the others', () => {
    const template = '{{ $s := dict "m" (dict "x" 1) }}{{ $d := merge dict $s }}{{ $_ := set $d.m "x" 2 }}{{ $s }}'
    expect(output(template)).toBe('map[m:map[x:2]]')
    expect(output(template.replace('merge dict $s', 'merge dict (deepCopy $s)'))).toBe('map[m:map[x:1]]')
    expect(output('{{ $d := dict "a" 1 }}{{ $_ := merge $d (dict "b" 2) }}{{ $d }}')).toBe('map[a:1 b:2]')
  })

  test('entries keep their traces', () => {
    const traced = new Traced(1, [{ length: 0, origin: {} }])
    const target = dict({ a: new Traced('', []), b: dict({}) })
    callFunction('merge', target, dict({ a: traced, b: dict({ c: traced }) }))
    expect(target).toEqual(dict({ a: traced, b: dict({ c: traced }) }))
  })

  test('maps that hold themselves end in an error', () => {
    expect(output('{{ $a := dict }}{{ $_ := set $a "a" $a }}{{ deepCopy $a }}')).toContain('nested more than')
    const [target, source] = [dict({}), dict({})]
    target.entries.set('a', target)
    source.entries.set('a', source)
    expect(() => callFunction('merge', target, source)).toThrow(LimitError)
  })
})

test('copies are deep, and of the same types', () => {
  const inner = dict({ b: new List(['x'], 'string') })
  const copy = callFunction('deepCopy', dict({ a: inner, n: null })) as Dict
  expect(copy).toEqual(dict({ a: inner, n: null }))
  expect(copy.get('a')).not.toBe(inner)
  expect(() => callFunction('deepCopy', null)).toThrow('reflect: call of reflect.Value.Type on zero Value')
})

test('a nil map is empty, and nothing can be set in it', () => {
  expect(output('{{ fromYaml "" | toYaml }} {{ fromJson "null" | toJson }} {{ fromYaml "" | len }}')).toBe(
    'null null 0',
  )
  expect(output('{{ merge (fromYaml "") (dict "a" 1) | toJson }}')).toBe('{"a":1}')
  expect(output('{{ merge (dict "m" (fromYaml "")) (dict "m" (dict "a" 1)) | toJson }}')).toBe('{"m":{"a":1}}')
  expect(output('{{ set (fromYaml "") "a" 1 }}')).toContain('error calling set: assignment to entry in nil map')
  expect(output('{{ keys nil | toJson }}')).toBe('[]')
})
