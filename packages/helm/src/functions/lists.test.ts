import { describe, expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'
import { callFunction } from '../../testing/call-function.ts'
import { List, Traced } from '@kubescape/go-template'

describe('parts of lists', () => {
  test.each([
    ['first (list 1 2)', '1'],
    ['last (list 1 2)', '2'],
    ['rest (list 1 2 3)', '[2 3]'],
    ['initial (list 1 2 3)', '[1 2]'],
    ['first list | toJson', 'null'],
    ['slice (list 1 2 3) 1', '[2 3]'],
    ['slice (list 1 2 3) "1" 2', '[2]'],
    ['slice list 5 | toJson', 'null'],
    ['slice (splitList "," "a,b") 1 | typeOf', '[]string'],
    ['chunk 2 (list 1 2 3) | toJson', '[[1,2],[3]]'],
    ['chunk 2 list | toJson', '[]'],
    ['chunk 2 (list 1) | typeOf', '[][]interface {}'],
    ['chunk -2 (list 1) | toJson', '[[1]]'],
    ['compact (list 0 "" false nil list dict 1) | toJson', '[1]'],
    ['uniq (list 1 1.0 "1" 1 list list) | toJson', '[1,1,"1",[]]'],
    ['without (list 1 2 "1") 1 | toJson', '[2,"1"]'],
    ['has 1 (list 1.0)', 'false'],
    ['has (dict "a" 1) (list (dict "a" 1))', 'true'],
    ['has 1 nil', 'false'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })
})

describe('longer lists', () => {
  test.each([
    ['append (list 1) list | toJson', '[1,[]]'],
    ['push (splitList "," "a") 1 | typeOf', '[]interface {}'],
    ['prepend (list 1) 0 | toJson', '[0,1]'],
    ['concat (list 1) (splitList "," "a") (list nil) | toJson', '[1,"a",null]'],
    ['reverse (list 1 2 3)', '[3 2 1]'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('a list that is added to stays as it was', () => {
    expect(output('{{ $l := list 1 }}{{ $m := append $l 2 }}{{ $l }}{{ $m }}')).toBe('[1][1 2]')
  })
})

test('what is left of nothing is a nil slice, which encodes as null', () => {
  for (const call of ['rest list', 'initial list', 'concat list list', 'regexFindAll "x" "a" -1']) {
    expect(output(`{{ ${call} | toJson }} {{ ${call} | toYaml }} {{ ${call} }}`)).toBe('null null []')
  }
  expect(output('{{ list | toJson }} {{ reverse list | toJson }} {{ deepEqual list (rest list) }}')).toBe('[] [] false')
})

test.each([
  ['first "x"', 'Cannot find first on type string'],
  ['mustLast 1', 'Cannot find last on type int'],
  ['rest dict', 'Cannot find rest on type map'],
  ['append "x" 1', 'Cannot push on type string'],
  ['prepend "x" 1', 'Cannot prepend on type string'],
  ['compact "x"', 'Cannot compact on type string'],
  ['without "x" 1', 'Cannot find without on type string'],
  ['has 1 "x"', 'Cannot find has on type string'],
  ['chunk 1 "x"', 'Cannot chunk type string'],
  ['chunk 0 (list 1)', 'runtime error: makeslice: len out of range'],
  ['concat list "x"', 'Cannot concat type string as list'],
  ['slice "x" 1', 'list should be type of slice or array but string'],
  ['slice (list 1) 2 1', 'reflect.Value.Slice: slice index out of bounds'],
  ['slice (list 1) -1', 'reflect.Value.Slice: slice index out of bounds'],
  ['append nil 1', 'runtime error: invalid memory address or nil pointer dereference'],
])('%s fails', (call, reason) => {
  const name = call.split(' ')[0] as string
  expect(output(`{{ ${call} }}`)).toMatch(new RegExp(`error calling ${name}: ${reason}$`))
})

test('items keep their traces, and are looked at without them', () => {
  const traced = new Traced('a', [{ length: 1, origin: {} }])
  const list = new List([traced, 'a', ''])
  expect(callFunction('first', list)).toBe(traced)
  expect(callFunction('uniq', list)).toEqual(new List([traced, '']))
  expect(callFunction('has', 'a', new List([traced]))).toBe(true)
  expect(callFunction('compact', list)).toEqual(new List([traced, 'a']))
})
