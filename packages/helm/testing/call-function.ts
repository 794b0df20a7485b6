/** Calls functions of sprig as templates do, with a fixed clock and bytes that are not random. */
import { sprigFunctions } from '../src/functions/index.ts'
import type { CallContext, Value } from '@kubescape/go-template'

/** What functions may use: the second of January 2024, bytes that count up, and a list of what was spent. */
export function testContext(): CallContext & { readonly spent: number[]; readonly isSynthetic: () => boolean } {
  const spent: number[] = []
  let taken = 0
  let synthetic = false
  return {
    now: Date.UTC(2024, 0, 2, 3, 4, 5),
    randomBytes: (count) => Uint8Array.from({ length: count }, () => (taken++ * 37) & 0xff),
    synthetic: () => {
      synthetic = true
    },
    spend: (amount) => void spent.push(amount),
    spent,
    isSynthetic: () => synthetic,
  }
}

/**
 * What a function answers.
 * @throws {FunctionError} what the function throws
 */
export function callFunction(name: string, ...args: readonly Value[]): Value {
  const found = sprigFunctions.get(name)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found.call(args, testContext())
}
