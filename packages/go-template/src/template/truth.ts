/** What templates take for true. */
import { Dict, List, plain, Sized, type Value } from '../go/value.ts'
import { Complex } from './complex.ts'

/** False are false itself, zero, no value, and texts, lists and maps without content. */
export function isTrue(value: Value): boolean {
  const bare = plain(value)
  switch (typeof bare) {
    case 'boolean':
      return bare
    case 'string':
      return bare !== ''
    case 'number':
      return bare !== 0
    case 'bigint':
      return bare !== 0n
    default:
  }
  if (bare === null || bare === undefined) return false
  if (bare instanceof Dict) return bare.entries.size > 0
  if (bare instanceof List) return bare.items.length > 0
  if (bare instanceof Sized) return bare.value !== 0n && bare.value !== 0
  return bare instanceof Complex ? bare.real !== 0 || bare.imaginary !== 0 : true
}
