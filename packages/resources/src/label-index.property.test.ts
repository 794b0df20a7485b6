/** The index finds what a look at every selector would find. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { LabelIndex } from './label-index.ts'
import { containsLabels } from './labels.ts'

// Few keys and values, some of which look like other pairs when they are joined.
const text = fc.constantFrom('a', 'b', 'a=b', '=', '', 'constructor')
const labels = fc.dictionary(text, text, { maxKeys: 4, noNullPrototype: true })

test('an index selects exactly the selectors whose pairs the labels contain', () => {
  let found = 0
  fc.assert(
    fc.property(fc.array(labels, { maxLength: 12 }), labels, (selectors, asked) => {
      const index = new LabelIndex<number>()
      selectors.forEach((pairs, at) => index.add(pairs, at))
      const expected = selectors.flatMap((pairs, at) => (containsLabels(asked, pairs) ? [at] : []))
      found += expected.length
      expect([...index.select(asked)].toSorted((a, b) => a - b)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
  expect(found).toBeGreaterThan(100)
})
