/**
 * What each control costs over the large corpus: `npm run bench:controls`.
 *
 * The objects are read once; then every control judges them by itself, some rounds, and the least CPU time counts. The cost of
 * a plan without controls is the reference, and is taken off.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { LIBRARY, type ControlDeclaration } from '@kubescape/controls'
import type { Resource } from '@kubescape/resources'
import { makeInputs, Plan } from '@kubescape/scanner'
import { FileSource } from '@kubescape/sources/files'

const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
const ROUNDS = 7
const SHOWN = Number(process.argv[2] ?? 10)

const corpus = join(SHARED, 'corpus/large')
if (existsSync(corpus)) await main()
else console.log(`bench: no corpus at ${corpus} (set KUBESCAPE_SHARED); nothing was measured`)

async function main(): Promise<void> {
  const source = new FileSource({ paths: [corpus] })
  const resources: Resource[] = []
  for await (const resource of source.resources({ kind: () => true })) resources.push(resource)
  const inputs = makeInputs(undefined)
  const measure = (controls: readonly ControlDeclaration[]): { ms: number; failures: number } => {
    let least = Infinity
    let failures = 0
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage()
      const plan = new Plan(controls, inputs)
      for (const resource of resources) plan.take(resource, true)
      plan.join()
      const { user, system } = process.cpuUsage(before)
      least = Math.min(least, (user + system) / 1000)
      failures = [...plan.columns.values()].reduce((sum, column) => sum + column.failures.size, 0)
    }
    return { ms: least, failures }
  }
  for (const control of LIBRARY) measure([control])
  const none = measure([]).ms
  const costs = LIBRARY.map((control) => {
    const { ms, failures } = measure([control])
    return { control, ms: Math.max(0, ms - none), failures }
  }).toSorted((a, b) => b.ms - a.ms)
  const all = measure(LIBRARY).ms
  console.log(`${resources.length} objects; CPU ms, least of ${ROUNDS} rounds`)
  console.log(`a plan without controls: ${none.toFixed(1)}`)
  console.log(`all ${LIBRARY.length} controls together: ${all.toFixed(1)}`)
  console.log(`the sum of each by itself: ${costs.reduce((sum, { ms }) => sum + ms, 0).toFixed(1)}`)
  for (const { control, ms, failures } of costs.slice(0, SHOWN)) {
    console.log(
      `${ms.toFixed(1).padStart(7)}  ${control.id}  ${String(failures).padStart(5)} failures  ${control.name}`,
    )
  }
}
