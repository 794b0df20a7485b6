/** Runs the conformance suites: `npm run conformance [-- SUITE ...] [--verbose] [--reasons] [--update]`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { cel } from './cel/suite.ts'
import { controls } from './controls/suite.ts'
import { helm } from './helm/suite.ts'
import { kustomize } from './kustomize/suite.ts'
import { rego } from './rego/suite.ts'
import { passingList, sharedFolder, writePassingList, type Suite } from './suite.ts'

const SUITES: readonly Suite[] = [cel, controls, helm, kustomize, rego]

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', short: 'v', default: false },
    reasons: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    console.error(`No such suite: ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`)
    return 1
  }
  const shared = sharedFolder()
  const total = { passed: 0, failed: 0, notApplicable: 0 }
  let regressed = 0
  if (shared === undefined) console.log('conformance: no shared cases here (set KUBESCAPE_SHARED); nothing was run')
  for (const suite of SUITES) {
    if (shared === undefined || (positionals.length > 0 && !positionals.includes(suite.name))) continue
    const folder = join(shared, 'conformance', suite.name)
    if (!existsSync(folder)) {
      console.log(`${suite.name}: no cases at ${folder}`)
      continue
    }
    const outcomes = await suite.run(folder)
    const list = passingList(suite.name)
    const by = Map.groupBy(outcomes, (outcome) => outcome.status)
    const [passed, failed, notApplicable] = (['passed', 'failed', 'not applicable'] as const).map(
      (status) => by.get(status) ?? [],
    )
    for (const { id, reason } of failed ?? [])
      if (flags.verbose || list.has(id)) console.log(`  failed: ${id}: ${reason ?? ''}`)
    for (const [reason, cases] of Map.groupBy(notApplicable ?? [], (outcome) => outcome.reason ?? '')) {
      if (flags.reasons) console.log(`  not applicable: ${cases.length} ${reason}`)
    }
    const lost = (failed ?? []).filter(({ id }) => list.has(id))
    regressed += lost.length
    console.log(
      `${suite.name}: ${passed?.length ?? 0} passed, ${failed?.length ?? 0} failed, ${notApplicable?.length ?? 0} not applicable` +
        ` (${list.size} on the list of passing cases, ${lost.length} of them regressed)`,
    )
    total.passed += passed?.length ?? 0
    total.failed += failed?.length ?? 0
    total.notApplicable += notApplicable?.length ?? 0
    if (flags.update) writePassingList(suite.name, outcomes)
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.notApplicable} not applicable`)
  return regressed === 0 ? 0 : 1
}
