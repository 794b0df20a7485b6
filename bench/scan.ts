/**
 * What scans cost, beside a reference in the same run: `npm run bench`.
 *
 * Whole fresh processes through the launcher, in turns; CPU time is user and system time. Needs the shared corpus.
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { measure, renderCosts, type Cost } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(ROOT, '../shared')

/** A limit: the cost of one command against another, as a ratio or as a difference in milliseconds. */
interface Budget {
  readonly what: string
  readonly of: string
  readonly to: string
  readonly ratio?: number
  readonly differenceMs?: number
  readonly rssMib?: number
}

const BUDGETS: readonly Budget[] = [
  { what: 'scan of large, all controls', of: 'scan large', to: 'loadAll large', ratio: 0.8, rssMib: 300 },
  { what: 'the same with every document parsed', of: 'scan large, all parsed', to: 'loadAll large', ratio: 1.3 },
  { what: 'kubescape version', of: 'version', to: 'empty script', differenceMs: 25 },
  { what: 'scan of small', of: 'scan small', to: 'empty script', differenceMs: 80 },
  { what: 'scan of small from source', of: 'scan small, source', to: 'scan small', differenceMs: 60 },
]

main()

function main(): void {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
  const corpus = join(SHARED, 'corpus')
  if (!existsSync(corpus)) {
    console.log(`bench: no corpus at ${corpus} (set KUBESCAPE_SHARED); nothing was measured`)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-bench-'))
  const empty = join(folder, 'empty.js')
  writeFileSync(empty, '')
  const scan = (target: string): string =>
    `${ROOT}/bin/kubescape scan framework allcontrols ${corpus}/${target} -f json -o ${folder}/report.json`
  const costs = measure(
    [
      { name: 'loadAll large', line: `node ${plainReference(folder)} ${corpus}/large` },
      { name: 'scan large', line: scan('large') },
      { name: 'scan large, all parsed', line: `KUBESCAPE_READ_EVERYTHING=1 ${scan('large')}` },
      { name: 'scan medium', line: scan('medium') },
      { name: 'scan small', line: scan('small') },
      { name: 'scan small, source', line: `KUBESCAPE_FROM_SOURCE=1 ${scan('small')}` },
      { name: 'version', line: `${ROOT}/bin/kubescape version` },
      { name: 'empty script', line: `node ${empty}` },
    ],
    Number(values.rounds),
  )
  console.log(renderCosts(costs, 'loadAll large'))
  for (const budget of BUDGETS) console.log(judge(budget, costs))
}

/** The reference as plain JavaScript, so that it does not pay for the stripping of types. */
function plainReference(folder: string): string {
  const file = join(folder, 'load-all.mjs')
  const source = readFileSync(join(ROOT, 'bench/reference/load-all.ts'), 'utf8')
  writeFileSync(file, stripTypeScriptTypes(source).replace("'js-yaml'", JSON.stringify(import.meta.resolve('js-yaml'))))
  return file
}

function judge(budget: Budget, costs: readonly Cost[]): string {
  const [of, to] = [budget.of, budget.to].map((name) => costs.find((cost) => cost.name === name))
  const [mine, other] = [of, to].map((cost) => middle(cost?.cpuMs ?? []))
  if (mine === undefined || other === undefined) return `${budget.what}: not measured`
  const parts: string[] = []
  let isMet = true
  if (budget.ratio !== undefined) {
    isMet &&= mine / other <= budget.ratio
    parts.push(`${(mine / other).toFixed(2)} of ${budget.to}, at most ${budget.ratio}`)
  }
  if (budget.differenceMs !== undefined) {
    isMet &&= mine - other <= budget.differenceMs
    parts.push(`${mine - other} ms over ${budget.to}, at most ${budget.differenceMs}`)
  }
  if (budget.rssMib !== undefined && of?.rssKib !== undefined) {
    isMet &&= of.rssKib / 1024 <= budget.rssMib
    parts.push(`${(of.rssKib / 1024).toFixed(0)} MiB, at most ${budget.rssMib}`)
  }
  return `${isMet ? 'met   ' : 'MISSED'}  ${budget.what}: ${parts.join('; ')}`
}

function middle(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor(sorted.length / 2)]
}
