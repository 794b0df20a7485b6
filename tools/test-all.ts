/**
 * Every test of the repository, in order: `npm test`. Failures do not stop later steps.
 *
 * Steps end in a line `N passed, N failed`, or are vitest runs, or pass or fail as a whole. The last line printed is the
 * sum of them all, in the same words.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'
import { toolEnvironment } from './run-tool.ts'
import { type Counts, lastCounts, settle, sum, vitestCounts } from './test-counts.ts'

interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly counted: 'by-last-line' | 'by-vitest' | 'as-one'
  /** A file without which there is nothing to run. */
  readonly needs?: string
}

const STEPS: readonly Step[] = [
  { name: 'check', command: ['node', 'tools/check.ts'], counted: 'by-last-line' },
  { name: 'build', command: ['node', 'tools/build.ts'], counted: 'as-one' },
  { name: 'unit', command: ['vitest', 'run', 'packages', 'tools', 'bench'], counted: 'by-vitest' },
  { name: 'e2e, bundle', command: ['vitest', 'run', 'e2e'], counted: 'by-vitest' },
  { name: 'e2e, source', command: ['vitest', 'run', 'e2e'], env: { KUBESCAPE_FROM_SOURCE: '1' }, counted: 'by-vitest' },
  { name: 'executable', command: ['node', 'tools/build-executable.ts'], counted: 'as-one' },
  {
    name: 'e2e, executable',
    // What is about other products is not run again; and the executable lets nobody look into it (NODE_OPTIONS).
    command: [
      'vitest',
      'run',
      'e2e',
      ...['action', 'integrations', 'release', 'launcher', 'start-up', 'offline'].flatMap(without),
    ],
    env: { KUBESCAPE_LAUNCHER: join(root, 'dist/kubescape') },
    counted: 'by-vitest',
  },
  { name: 'e2e, package', command: ['node', 'e2e/packed.ts'], counted: 'by-last-line' },
  {
    name: 'conformance',
    command: ['node', 'conformance/run.ts'],
    counted: 'by-last-line',
    needs: 'conformance/run.ts',
  },
]

const REPORTS = join(root, '.cache/test')

function without(name: string): string[] {
  return ['--exclude', `e2e/${name}.test.ts`]
}

async function runStep(step: Step, number: number): Promise<Counts> {
  if (step.needs !== undefined && !existsSync(join(root, step.needs))) {
    console.log(`skipped: ${step.needs} does not exist`)
    return { passed: 0, failed: 0 }
  }
  const report = join(REPORTS, `${number}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = step.counted === 'by-vitest' ? [...step.command, ...reporters] : step.command
  const { ok, output } = await stream(command, { ...toolEnvironment(), ...step.env })
  if (step.counted === 'by-vitest') return settle(vitestCounts(report), ok)
  return settle(step.counted === 'by-last-line' ? lastCounts(output) : undefined, ok)
}

/** Runs a command at the root, passes on what it prints, and keeps its standard output. */
async function stream(command: readonly string[], env: NodeJS.ProcessEnv): Promise<{ ok: boolean; output: string }> {
  const [name = '', ...args] = command
  const child = spawn(name, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    process.stdout.write(chunk)
  })
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      console.log(String(error))
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
  return { ok, output }
}

mkdirSync(REPORTS, { recursive: true })
const results: { name: string; counts: Counts }[] = []
for (const [number, step] of STEPS.entries()) {
  console.log(`\n== ${step.name}`)
  results.push({ name: step.name, counts: await runStep(step, number) })
}
console.log('')
for (const { name, counts } of results) {
  console.log(
    `${name.padEnd(24)} ${String(counts.passed).padStart(6)} passed ${String(counts.failed).padStart(5)} failed`,
  )
}
const total = sum(results.map(({ counts }) => counts))
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
