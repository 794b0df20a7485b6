import { expect, test } from 'vitest'
import { deepEqual } from './deep-equal.ts'
import { Dict, LimitError, List, Sized, Traced, type Value, int64 } from '@kubescape/go-template'

const dict = (entries: Record<string, Value>, type?: string) => new Dict(new Map(Object.entries(entries)), type)

test('kinds count', () => {
  expect(deepEqual(3n, 3n)).toBe(true)
  expect(deepEqual(3n, 3)).toBe(false)
  expect(deepEqual(3n, int64(3))).toBe(false)
  expect(deepEqual(int64(3), int64(3))).toBe(true)
  expect(deepEqual(new Sized('uint8', 3n), new Sized('int8', 3n))).toBe(false)
  expect(deepEqual(null, undefined)).toBe(true)
  expect(deepEqual(null, '')).toBe(false)
  expect(deepEqual(Number.NaN, Number.NaN)).toBe(false)
})

test('lists and maps are compared part by part, and so are their types', () => {
  expect(deepEqual(new List([1n, 'a', null]), new List([1n, 'a', undefined]))).toBe(true)
  expect(deepEqual(new List(['a']), new List(['a'], 'string'))).toBe(false)
  expect(deepEqual(new List(['a']), new List(['a', 'b']))).toBe(false)
  expect(deepEqual(dict({ a: 1n, b: new List([]) }), dict({ b: new List([]), a: 1n }))).toBe(true)
  expect(deepEqual(dict({ a: null }), dict({ b: null }))).toBe(false)
  expect(deepEqual(dict({}), dict({}, 'common.Values'))).toBe(false)
  expect(deepEqual(new List([]), dict({}))).toBe(false)
})

test('where a value comes from does not count', () => {
  expect(deepEqual(new List([new Traced('a', [])]), new List(['a']))).toBe(true)
})

test('maps that hold themselves end', () => {
  const [a, b] = [dict({}), dict({})]
  a.entries.set('self', a)
  b.entries.set('self', b)
  expect(deepEqual(a, b)).toBe(true)
})

test('nesting has an end', () => {
  const nest = () => {
    let value = new List([])
    for (let depth = 0; depth < 2000; depth++) value = new List([value])
    return value
  }
  expect(() => deepEqual(nest(), nest())).toThrow(LimitError)
})
