/**
 * What controls cost that join objects with one another: `npm run bench:joins`.
 *
 * Made-up clusters of growing size, each in a fresh process that makes the objects, judges them by every control with a join,
 * and reports. Making the objects is measured by itself, as the reference. CPU time is user and system time of the process.
 */
import { spawnSync } from 'node:child_process'

/** Many small namespaces, and the worst case: everything in one. */
const SPREADS = [50, Infinity]
const SIZES = [1250, 2500, 5000]
const LIMITS = { cpuMs: 3000, rssMib: 512 }

interface Cost {
  readonly objects: number
  readonly cpuMs: number
  readonly rssMib: number
  readonly failures: number
}

const size = Number(process.argv[2] ?? 0)
if (size > 0) console.log(JSON.stringify(await judge(size, Number(process.argv[3]), process.argv[4] === 'make')))
else for (const spread of SPREADS) compare(spread)

function compare(spread: number): void {
  console.log(spread === Infinity ? '\nall in one namespace' : `${spread} workloads to a namespace`)
  console.log('workloads  objects  failures  CPU ms  of it making  per 1,000 workloads  RSS MiB')
  const costs = SIZES.map((workloads) => {
    const [whole, making] = [run(workloads, spread), run(workloads, spread, 'make')]
    const cells = [
      workloads,
      whole.objects,
      whole.failures,
      whole.cpuMs,
      making.cpuMs,
      Math.round(((whole.cpuMs - making.cpuMs) / workloads) * 1000),
      whole.rssMib,
    ]
    const widths = [9, 7, 8, 6, 12, 19, 7]
    console.log(cells.map((cell, at) => String(cell).padStart(widths[at] ?? 0)).join('  '))
    return { workloads, ms: whole.cpuMs - making.cpuMs, ...whole }
  })
  const [first, last] = [costs[0], costs.at(-1)]
  if (first === undefined || last === undefined) return
  const growth = last.ms / last.workloads / (first.ms / first.workloads)
  console.log(`cost of a workload in the largest beside the smallest: ${growth.toFixed(2)} (1 is linear)`)
  const isMet = last.cpuMs < LIMITS.cpuMs && last.rssMib < LIMITS.rssMib
  console.log(
    `budget for ${last.workloads} workloads: ${LIMITS.cpuMs} ms CPU and ${LIMITS.rssMib} MiB in all: ${isMet ? 'met' : 'missed'}`,
  )
}

function run(workloads: number, spread: number, ...rest: string[]): Cost {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [import.meta.filename, String(workloads), String(spread), ...rest],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Cost
}

async function judge(workloads: number, spread: number, onlyMake: boolean): Promise<Cost> {
  const { syntheticCluster } = await import('./synthetic-cluster.ts')
  let objects = 0
  let failures = 0
  if (onlyMake) {
    for (const object of syntheticCluster(workloads, spread)) if (object['kind'] !== undefined) objects++
  } else {
    const { LIBRARY } = await import('@kubescape/controls')
    const { identityOf } = await import('@kubescape/resources')
    const { makeInputs, Plan } = await import('@kubescape/scanner')
    const joining = LIBRARY.filter(({ checks }) => checks.some(({ shape }) => shape === 'joined'))
    const plan = new Plan(joining, makeInputs(undefined))
    for (const object of syntheticCluster(workloads, spread)) {
      objects++
      const identity = identityOf(object)
      if (identity !== undefined) plan.take({ identity, object }, true)
    }
    plan.join()
    for (const column of plan.columns.values()) failures += column.failures.size
  }
  const { user, system } = process.cpuUsage()
  return {
    objects,
    failures,
    cpuMs: Math.round((user + system) / 1000),
    rssMib: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
