/** The policies of a scan, read where the flags ask for some. */
import type { ScanOptions } from '../options.ts'
import { asksForPolicies } from '../policy-options.ts'
import { visible, type Log } from '../terminal.ts'
import type { JudgedBy } from './load-set.ts'

/**
 * What the flags bring beside the built-in controls, or instead of them; undefined for nothing. Evaluations end when
 * `isCancelled` says so.
 * @throws {Failure} for policies that cannot be used
 */
export async function readPolicies(
  { policies }: ScanOptions,
  log: Log,
  isCancelled: () => boolean,
): Promise<JudgedBy | undefined> {
  if (!asksForPolicies(policies)) return undefined
  const { loadPolicySet } = await import('./load-set.ts')
  return loadPolicySet(policies, {
    now: BigInt(Date.now()) * 1_000_000n,
    isCancelled,
    ...(policies.prints ? { print: (line, file, row) => log.write('info', visible(`${file}:${row}: ${line}`)) } : {}),
  })
}

/** The control inputs that a scan sets: what the user says goes before what published policies bring. */
export function overridesOf(own: unknown, policies: JudgedBy | undefined): unknown {
  const brought = policies?.set.inputs ?? {}
  if (Object.keys(brought).length === 0) return own
  const isMap = typeof own === 'object' && own !== null && !Array.isArray(own)
  return own === undefined || isMap ? { ...brought, ...own } : own
}
