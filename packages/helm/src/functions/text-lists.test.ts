import { expect, test } from 'vitest'
import { callFunction } from '../../testing/call-function.ts'
import { output } from '../../testing/charts.ts'
import { List } from '@kubescape/go-template'

test.each([
  ['splitList "," "a,,b" | toJson', '["a","","b"]'],
  ['splitList "" "aé😀" | toJson', '["a","é","😀"]'],
  ['splitList "," "" | toJson', '[""]'],
  ['split "." "a.b" | toJson', '{"_0":"a","_1":"b"}'],
  ['splitn "." 2 "a.b.c" | toJson', '{"_0":"a","_1":"b.c"}'],
  ['splitn "." 0 "a.b.c" | toJson', '{}'],
  ['splitn "." -1 "a.b.c" | len', '3'],
  ['splitn "" 2 "abc" | toJson', '{"_0":"a","_1":"bc"}'],
  ['split "." "a.b" | typeOf', 'map[string]string'],
  ['join "-" (list 1 nil "a" 2.50)', '1-a-2.5'],
  ['join "-" "a"', 'a'],
  ['join "-" nil', ''],
  ['sortAlpha (list 10 9 "é" "z" "Z") | toJson', '["10","9","Z","z","é"]'],
  ['sortAlpha "b" | toJson', '["b"]'],
  ['toStrings (list 1 nil true) | toJson', '["1","true"]'],
  ['toStrings (list 1) | typeOf', '[]string'],
])('%s', (call, text) => {
  expect(output(`{{ ${call} }}`)).toBe(text)
})

test('a list of texts is sorted where it is, any other is copied', () => {
  expect(output('{{ $l := splitList "," "b,a" }}{{ $_ := sortAlpha $l }}{{ $l }}')).toBe('[a b]')
  expect(output('{{ $l := list "b" "a" }}{{ $_ := sortAlpha $l }}{{ $l }}')).toBe('[b a]')
})

test('long lists do not fill the stack', () => {
  const long = new List(
    Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 'b' : 'a')),
    'string',
  )
  expect((callFunction('sortAlpha', long) as List).items.slice(99_999, 100_001)).toEqual(['a', 'b'])
  expect(callFunction('maxf', ...Array.from({ length: 100_000 }, () => 1), 2)).toBe(2)
})
