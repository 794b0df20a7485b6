import { expect, test } from 'vitest'
import { kindName, typeName } from './type-name.ts'
import { Dict, int64, List, Traced, type Value } from './value.ts'

test.each<[Value, string, string]>([
  ['a', 'string', 'string'],
  [1n, 'int', 'int'],
  [1, 'float64', 'float64'],
  [int64(1), 'int64', 'int64'],
  [true, 'bool', 'bool'],
  [null, '<nil>', 'invalid'],
  [undefined, '<nil>', 'invalid'],
  [new List([]), '[]interface {}', 'slice'],
  [new List([], 'string'), '[]string', 'slice'],
  [new Dict(), 'map[string]interface {}', 'map'],
  [new Dict(new Map(), 'common.Values'), 'common.Values', 'map'],
  [new Traced(1, []), 'float64', 'float64'],
])('%# is of type %s and kind %s', (value, type, kind) => {
  expect(typeName(value)).toBe(type)
  expect(kindName(value)).toBe(kind)
})
