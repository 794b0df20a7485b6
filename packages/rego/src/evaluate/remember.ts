/**
 * Comprehensions over whole documents are evaluated once for each value of the variables outside that they depend on: within a loop
 * over the same document that is the difference between all and all times all.
 */
import type { ArrayComprehension, ObjectComprehension, SetComprehension, Term } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'
import type { Read } from './frame.ts'
import type { Planner } from './planner.ts'
import type { Scope } from './scope.ts'
import { visitTerm } from './visit.ts'

/** With more variables outside a result is seldom asked for again. */
const MOST_VARIABLES = 2
/** Results of one comprehension that are kept. */
const MOST_RESULTS = 50_000

/** Makes a comprehension remember its results, where that is worth it. */
export function remembering(
  { runtime }: Planner,
  term: ArrayComprehension | SetComprehension | ObjectComprehension,
  scope: Scope,
  read: Read,
): Read {
  const outside = new Set<string>()
  let isOverDocument = false
  const isDocument = (each: Term): boolean =>
    each.type === 'variable' && (each.name === 'input' || each.name === 'data') && !scope.isBound(each.name)
  visitTerm(term, {
    term(each) {
      if (each.type === 'variable' && scope.isBound(each.name)) outside.add(each.name)
      isOverDocument ||= isDocument(each)
    },
  })
  if (!isOverDocument || outside.size > MOST_VARIABLES) return read
  const slots = [...outside].map((name) => scope.layout.slot(name))
  const [first, second] = slots
  const id = {}
  return (frame) => {
    const memos = (runtime.cache.comprehensions ??= new Map<object, Map<unknown, unknown>>())
    let results = memos.get(id)
    if (results === undefined) memos.set(id, (results = new Map()))
    let key = first === undefined ? id : frame[first]
    if (second !== undefined) {
      let below = results.get(key) as Map<unknown, unknown> | undefined
      if (below === undefined) results.set(key, (below = new Map()))
      results = below
      key = frame[second]
    }
    const known = results.get(key)
    if (known !== undefined) return known as Value
    const value = read(frame)
    if (results.size < MOST_RESULTS) results.set(key, value)
    return value
  }
}
