import { describe, expect, test } from 'vitest'

import { booleanOf, listOf, usesOf } from './command-flags.ts'

const itemsOf = (...texts: string[]): { text: string; path: string }[] =>
  texts.map((text, at) => ({ text, path: `command[${at}]` }))

const valuesOf = (flag: string, ...texts: string[]): (string | undefined)[] =>
  usesOf(itemsOf(...texts), flag).map(({ value }) => value)

describe('usesOf', () => {
  test.each<[string, string[], (string | undefined)[]]>([
    ['a value behind the equals sign', ['api', '--mode=RBAC'], ['RBAC']],
    ['a value that is the next item', ['api', '--mode', 'RBAC'], ['RBAC']],
    ['a value that is the next word of the item', ['api --mode RBAC --x=1'], ['RBAC']],
    ['a flag that stands alone', ['api', '--mode'], [undefined]],
    ['a flag before another flag', ['api', '--mode', '--x=1'], [undefined]],
    ['an empty value', ['api', '--mode='], ['']],
    ['a value with an equals sign', ['api', '--mode=a=b'], ['a=b']],
    ['every use of a repeated flag', ['api', '--mode=A', '--mode=B'], ['A', 'B']],
    ['one dash, as etcd allows', ['etcd', '-mode=A'], ['A']],
    ['no longer flag that begins alike', ['api', '--mode-file=x', '--modes=y'], []],
    ['no flag that ends alike', ['api', '--other--mode=x', '--peer-mode=x'], []],
    ['nothing in empty items', ['', ' '], []],
  ])('reads %s', (_what, items, values) => {
    expect(valuesOf('--mode', ...items)).toEqual(values)
  })

  test('names the item that holds the value', () => {
    expect(usesOf(itemsOf('api', '--mode', 'A'), '--mode')[0]?.path).toBe('command[2]')
    expect(usesOf(itemsOf('api', '--mode'), '--mode')[0]?.path).toBe('command[1]')
  })

  test('rewrites only the value', () => {
    const use = usesOf(itemsOf('api --mode=A --x=1'), '--mode')[0]
    expect(use?.withValue('B')).toBe('api --mode=B --x=1')
    expect(use?.removed()).toBe('api --x=1')
    expect(usesOf(itemsOf('--mode', 'A'), '--mode')[0]?.withValue('B')).toBe('B')
    expect(usesOf(itemsOf('--mode'), '--mode')[0]?.withValue('B')).toBe('--mode=B')
  })
})

test('lists drop empty parts', () => {
  expect(listOf('A,,B,')).toEqual(['A', 'B'])
  expect(listOf(undefined)).toEqual([])
})

test('booleans are read as Go reads them', () => {
  expect(['true', 'T', '1', undefined].map(booleanOf)).toEqual([true, true, true, true])
  expect(['false', 'F', '0'].map(booleanOf)).toEqual([false, false, false])
  expect(['', 'yes', 'tRUE'].map(booleanOf)).toEqual([undefined, undefined, undefined])
})
