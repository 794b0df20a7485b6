import { expect, test } from 'vitest'

import { type Origin, type Span, Traced, type ValueLayer } from '@kubescape/go-template'
import { originAt, SpanList, sliceSpans, UNKNOWN, withoutText } from './spans.ts'

const LAYER: ValueLayer = { kind: 'chart', name: 'values.yaml' }

function origin(name: string): Origin {
  return { value: { layer: LAYER, path: [name] } }
}

const [A, B, LEFT_OUT] = [origin('a'), origin('b'), { skipped: { text: 'x', filled: [] } }]
const SPANS: readonly Span[] = [
  { length: 3, origin: A },
  { length: 0, origin: LEFT_OUT },
  { length: 4, origin: B },
]
/** So many that they are searched, not counted. */
const MANY: readonly Span[] = Array.from({ length: 40 }, (_, at) => ({ length: 2, origin: at % 2 === 0 ? A : B }))

test.each([
  ['the begin', 0, 2, [[2, A]]],
  [
    'both sides of what was left out',
    1,
    5,
    [
      [2, A],
      [0, LEFT_OUT],
      [2, B],
    ],
  ],
  ['nothing but what was left out', 3, 3, [[0, LEFT_OUT]]],
  ['the end', 5, 7, [[2, B]]],
])('a slice has %s', (_, start, end, wanted) => {
  expect(sliceSpans(SPANS, start, end).map(({ length, origin: from }) => [length, from])).toEqual(wanted)
})

test('a slice of many spans is that of few', () => {
  expect(sliceSpans(MANY, 41, 46).map(({ length, origin: from }) => [length, from])).toEqual([
    [1, A],
    [2, B],
    [2, A],
  ])
  expect([0, 1, 2, 79].map((offset) => originAt(MANY, offset))).toEqual([A, A, B, B])
})

test('neighbours of one origin become one span', () => {
  const list = new SpanList()
  list.add(1, A)
  list.add(2, A)
  list.add(0, UNKNOWN)
  list.add(1, B)
  expect(list.spans).toEqual([
    { length: 3, origin: A },
    { length: 1, origin: B },
  ])
})

test('there is an end to spans, but not to the text', () => {
  const list = new SpanList()
  for (let at = 0; at < 200_000; at++) list.add(1, at % 2 === 0 ? A : B)
  expect(list.spans.length).toBeLessThan(110_000)
  expect(list.spans.reduce((sum, { length }) => sum + length, 0)).toBe(200_000)
})

test('text is taken out with its spans', () => {
  const left = withoutText(
    new Traced('aaaNObbNOb', [
      { length: 3, origin: A },
      { length: 7, origin: B },
    ]),
    'NO',
  )
  expect(left).toEqual(
    new Traced('aaabbb', [
      { length: 3, origin: A },
      { length: 3, origin: B },
    ]),
  )
})
