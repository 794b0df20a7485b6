/** Functions of Kubernetes with patterns: `find`, `findAll`. Patterns are those of RE2. */
import type { Run } from '../run.ts'
import { CelError, type Int, type Value } from '../values/value.ts'
import type { Library } from './library.ts'

export const PATTERNS: Library = {
  members: {
    'string.find(string): string': (text: string, pattern: string, run: Run) => {
      const compiled = run.pattern(pattern)
      return compiled instanceof CelError ? compiled : (compiled.find(text) ?? '')
    },
    'string.findAll(string): list<string>': (text: string, pattern: string, run: Run) =>
      findAll(text, pattern, -1, run),
    'string.findAll(string, int): list<string>': findAll,
  },
}

function findAll(text: string, pattern: string, limit: Int, run: Run): Value {
  const compiled = run.pattern(pattern)
  if (compiled instanceof CelError) return compiled
  const found = compiled.findAll(text, Number(limit))
  run.spend(found.length)
  return found
}
