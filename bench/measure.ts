/**
 * CPU time and memory of commands, side by side:
 *
 *     npm run measure -- --rounds 10 --reference bare 'bare=node -e 0' 'version=./bin/kubescape version'
 *
 * Commands take turns, each in a fresh process, so that the load of the machine falls on all alike. CPU time is compared,
 * not wall time, and the minimum of many rounds is the figure to quote: other load can only add to it.
 */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { sampleCpu, sampleRss } from './sample.ts'

/** A command to measure, as a line of shell. */
export interface Command {
  readonly name: string
  readonly line: string
}

/** What a command cost over all rounds. */
export interface Cost {
  readonly name: string
  /** CPU time of each round, sorted. */
  readonly cpuMs: readonly number[]
  /** Peak resident size of its largest Node.js process, in KiB; `undefined` where there is none. */
  readonly rssKib: number | undefined
  readonly exitCodes: readonly number[]
}

const RSS_ROUNDS = 3

/** Runs all commands in turns. One uncounted round first fills file caches and compile caches. */
export function measure(commands: readonly Command[], rounds: number): Cost[] {
  for (const { line } of commands) sampleCpu(line)
  const samples = commands.map(() => [] as ReturnType<typeof sampleCpu>[])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { line }] of commands.entries()) samples[index]?.push(sampleCpu(line))
  }
  return commands.map(({ name, line }, index) => ({
    name,
    cpuMs: (samples[index] ?? []).map((sample) => sample.cpuMs).toSorted((a, b) => a - b),
    rssKib: median(Array.from({ length: Math.min(RSS_ROUNDS, rounds) }, () => sampleRss(line))),
    exitCodes: [...new Set((samples[index] ?? []).map((sample) => sample.exitCode))],
  }))
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).toSorted((a, b) => a - b)
  return known[Math.floor(known.length / 2)]
}

/** A table of costs; ratios are to the cost named `reference`, of least CPU time to least CPU time. */
export function renderCosts(costs: readonly Cost[], reference: string): string {
  const base = costs.find(({ name }) => name === reference)
  const rows = costs.map((cost) => [
    cost.name,
    ...[cost.cpuMs[0], median(cost.cpuMs), cost.cpuMs.at(-1)].map((value) => String(value ?? '-')),
    ratio(cost.cpuMs[0], base?.cpuMs[0]),
    cost.rssKib === undefined ? '-' : (cost.rssKib / 1024).toFixed(1),
    ratio(cost.rssKib, base?.rssKib),
    cost.exitCodes.join(','),
  ])
  const table = [['command', 'CPU ms min', 'median', 'max', 'ratio', 'RSS MiB', 'ratio', 'exit'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return table.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

function ratio(value: number | undefined, base: number | undefined): string {
  return value === undefined || base === undefined || base === 0 ? '-' : (value / base).toFixed(2)
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '10' }, reference: { type: 'string' } },
  })
  const commands = positionals.map((text) => {
    const end = text.indexOf('=')
    return { name: end > 0 ? text.slice(0, end) : text, line: text.slice(end + 1) }
  })
  const rounds = Number(values.rounds)
  const reference = values.reference ?? commands[0]?.name ?? ''
  if (!Number.isInteger(rounds) || rounds < 1 || !commands.some(({ name }) => name === reference)) {
    throw new Error('usage: npm run measure -- [--rounds N] [--reference NAME] NAME=COMMAND...')
  }
  console.log(renderCosts(measure(commands, rounds), reference))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main()
  } catch (error) {
    console.error(`measure: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
