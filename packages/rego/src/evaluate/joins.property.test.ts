/** Joins by an index give what visiting every item gives. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { valueText } from '../index.ts'
import { run } from '../../testing/evaluate.ts'

const policy = `package p
pairs := [[a.id, b.id] |
  some i
  a := input[i]
  a.kind == "A"
  b := input[_]
  b.kind == "B"
  b.space == a.space
  b.app == a.app
]
named := [a.id | some a in input; a.kind in {"A", "C"}; a.space != 2]
tagged := [a.id | kinds := {"B", "C"}; a := input[_]; kinds[a.kind]]
aliased := [b.id | a := input[_]; a.kind == "C"; b := input[_]; at := b.space; at == a.space]
`
const item = fc.record(
  {
    kind: fc.constantFrom('A', 'B', 'C', 1, null),
    space: fc.constantFrom(1, 2, 'x', [1], { a: 1 }, null, true),
    app: fc.constantFrom(1, 2, '1'),
  },
  { requiredKeys: [] },
)

test('items are found by an index in their order, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 0, maxLength: 40 }), (items) => {
      const input = items.map((each, id) => ({ ...each, id }))
      const wanted = expected(input)
      const { solutions, problem } = run(policy, 'data.p', { input })
      expect(problem).toBeUndefined()
      // A second evaluation finds the indexes that the first one made.
      expect(run(policy, 'data.p', { input }).solutions).toEqual(solutions)
      const value = solutions[0]?.values[0] as unknown as Record<string, unknown>
      expect(value).toEqual(wanted)
    }),
  )
})

interface Item {
  readonly id: number
  readonly kind?: unknown
  readonly space?: unknown
  readonly app?: unknown
}

function expected(input: readonly Item[]): Record<string, unknown> {
  const same = (a: unknown, b: unknown): boolean =>
    a !== undefined && b !== undefined && valueText(a as never) === valueText(b as never)
  return {
    pairs: input
      .filter(({ kind }) => kind === 'A')
      .flatMap((a) =>
        input.filter((b) => b.kind === 'B' && same(a.space, b.space) && same(a.app, b.app)).map((b) => [a.id, b.id]),
      ),
    named: input
      .filter(({ kind, space }) => (kind === 'A' || kind === 'C') && space !== undefined && space !== 2)
      .map(({ id }) => id),
    tagged: input.filter(({ kind }) => kind === 'B' || kind === 'C').map(({ id }) => id),
    aliased: input
      .filter(({ kind }) => kind === 'C')
      .flatMap((a) => input.filter((b) => same(a.space, b.space)).map(({ id }) => id)),
  }
}
