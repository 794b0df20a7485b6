/** Random patterns for property tests, over an alphabet small enough that they meet the texts. */
import fc from 'fast-check'

const ATOMS = ['a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', 'é', '-', '\\s', '(?i)B', '[b-c]', '\\pL', '\\n']
const CONDITIONS = ['^', '$', '\\b', '\\B', '(?m:^)', '(?m:$)', '\\z']
const COUNTS = ['*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,3}?', '{2,}']

/** Patterns. */
export const patterns: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.constantFrom(...ATOMS), weight: 6 },
    { arbitrary: fc.constantFrom(...CONDITIONS), weight: 1 },
    { arbitrary: fc.tuple(tie('node'), tie('node'), tie('node')).map((parts) => parts.join('')), weight: 3 },
    { arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`), weight: 2 },
    { arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`), weight: 1 },
    { arbitrary: tie('node').map((node) => `(${node})`), weight: 1 },
    {
      arbitrary: fc.tuple(tie('node'), fc.constantFrom(...COUNTS)).map(([node, count]) => `(?:${node})${count}`),
      weight: 4,
    },
  ),
})).node

/** Texts that the patterns may match. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'b', 'c', 'B', 'é', '1', '-', ' ', '\n', '😀'), { maxLength: 24 })
  .map((chars) => chars.join(''))
