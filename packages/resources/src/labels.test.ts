/** Label selectors, as objects and as text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import type { Value } from './index.ts'
import {
  meets,
  parseSelector,
  readSelector,
  renderSelector,
  sameLabels,
  selects,
  selectsAll,
  type Labels,
} from './labels.ts'

interface SelectorCase {
  readonly name: string
  readonly selector: Value
  readonly selects: readonly [boolean, Labels][]
}

const cases = parse(readFileSync(join(import.meta.dirname, 'cases/selectors.yaml'), 'utf8')) as SelectorCase[]

test.each(cases)('$name', ({ selector, selects: expected }) => {
  const read = readSelector(selector)
  expect(expected.map(([, labels]) => [selects(read, labels), labels])).toEqual(expected)
})

test.each([
  [{}, true],
  [null, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { a: 'b' } }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Unknown' }] }, false],
])('the selector %j selects everything: %s', (selector, all) => {
  expect(selectsAll(readSelector(selector))).toBe(all)
})

test('labels are the same when both hold exactly the same pairs', () => {
  expect(sameLabels({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true)
  expect(sameLabels({ a: '1' }, { a: '1', b: '2' })).toBe(false)
  expect(sameLabels({ a: '1', b: '2' }, { a: '1' })).toBe(false)
  expect(sameLabels({ a: '1' }, { a: '2' })).toBe(false)
})

describe('a selector in the syntax of kubectl', () => {
  test.each([
    ['a=b', [{ key: 'a', operator: 'In', values: ['b'] }]],
    ['a==b', [{ key: 'a', operator: 'In', values: ['b'] }]],
    ['a != b', [{ key: 'a', operator: 'NotIn', values: ['b'] }]],
    ['a=', [{ key: 'a', operator: 'In', values: [''] }]],
    ['a in (b, c)', [{ key: 'a', operator: 'In', values: ['b', 'c'] }]],
    ['a notin (b)', [{ key: 'a', operator: 'NotIn', values: ['b'] }]],
    ['app.kubernetes.io/name', [{ key: 'app.kubernetes.io/name', operator: 'Exists', values: [] }]],
    ['!a', [{ key: 'a', operator: 'DoesNotExist', values: [] }]],
    [
      'a in (b,c), d=e ,!f',
      [
        { key: 'a', operator: 'In', values: ['b', 'c'] },
        { key: 'd', operator: 'In', values: ['e'] },
        { key: 'f', operator: 'DoesNotExist', values: [] },
      ],
    ],
  ])('%s is understood', (text, requirements) => {
    expect(parseSelector(text)).toEqual(requirements)
  })

  test.each([
    ['', 'an empty requirement'],
    ['a=b,', 'an empty requirement'],
    ['a in (b', '`a in (b`'],
    ['a in b', '`a in b`'],
    ['a=b=c', '`a=b=c`'],
    ['=b', '`=b`'],
    ['a b', '`a b`'],
    ['!a=b', '`!a=b`'],
    ['x=y, a in ((b))', '`a in ((b))`'],
  ])('"%s" is an error that names the part', (text, message) => {
    expect(() => parseSelector(text)).toThrow(new SyntaxError(message))
  })

  test('a value that is excluded holds where the label is missing, as in the API server', () => {
    const requirements = parseSelector('env!=prod,app')
    expect(meets({ app: 'web' }, requirements)).toBe(true)
    expect(meets({ app: 'web', env: 'prod' }, requirements)).toBe(false)
    expect(meets({ env: 'test' }, requirements)).toBe(false)
  })
})

test.each([
  ['app == web', 'app=web'],
  ['app!=web, tier in (a, b)', 'app!=web,tier in (a,b)'],
  ['!app,example.com/tier', '!app,example.com/tier'],
  ['tier notin (,b), app in ()', 'tier notin (,b),app='],
  ['app=-x', undefined],
  ['/app=x', undefined],
])('for the selector %s a server is asked for %s', (text, asked) => {
  expect(renderSelector(parseSelector(text))).toBe(asked)
})
