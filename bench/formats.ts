/**
 * What formats cost beside the scan that they show, in the same run: `npm run bench:formats`.
 *
 * Whole fresh processes through the launcher, in turns; CPU time is user and system time. Needs the shared corpus.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { FORMATS } from '@kubescape/formats'

import { measure, renderCosts, type Cost } from './measure.ts'

const ROOT = join(import.meta.dirname, '..')
const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(ROOT, '../shared')

/** Of the scan's own CPU time that a format may cost. */
const LIMIT = 1
/** Pages have to be laid out: it is measured, and held to nothing. */
const UNLIMITED: readonly string[] = ['pdf']

const ALONE = 'scan alone'

main()

function main(): void {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, corpus: { type: 'string', default: 'large' } },
  })
  const target = join(SHARED, 'corpus', values.corpus)
  if (!existsSync(target)) {
    console.log(`bench: no corpus at ${target} (set KUBESCAPE_SHARED); nothing was measured`)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-bench-'))
  const scan = (format: string, ...more: readonly string[]): string =>
    [`${ROOT}/bin/kubescape scan framework allcontrols ${target} -f ${format} -o ${folder}/report`, ...more].join(' ')
  try {
    const costs = measure(
      [
        // Everything is judged, and next to nothing of it shown.
        { name: ALONE, line: scan('csv', '--min-severity critical') },
        ...FORMATS.map(({ name }) => ({ name, line: scan(name) })),
      ],
      Number(values.rounds),
    )
    console.log(renderCosts(costs, 'json'))
    const alone = costs.find(({ name }) => name === ALONE)
    for (const cost of costs) if (cost !== alone) console.log(judge(cost, alone))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Least CPU time beside least CPU time: other load can only add to either. */
function judge({ name, cpuMs }: Cost, alone: Cost | undefined): string {
  const [mine, own] = [cpuMs[0], alone?.cpuMs[0]]
  if (mine === undefined || own === undefined) return `${name}: not measured`
  const share = (mine - own) / own
  const told = `${name}: ${mine - own} ms beside the ${own} ms of the scan, ${share.toFixed(2)} of it`
  if (UNLIMITED.includes(name)) return `        ${told}`
  return `${share <= LIMIT ? 'met   ' : 'MISSED'}  ${told}, at most ${LIMIT}`
}
