/**
 * CPU time of Rego: rules of real shapes over the large corpus, loaded and evaluated, beside `opa` where there is one (in
 * KUBESCAPE_OPA or on the PATH; `go install github.com/open-policy-agent/opa@v1.19.0` makes it).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { compilePolicy, RegoSet, type PreparedQuery, type Value } from '@kubescape/rego'
import { FileSource } from '@kubescape/sources/files'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5)
const FOLDER = join(import.meta.dirname, 'rego')
const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
/** As many files as a published bundle has, for the time of loading. */
const COPIES = 374
/** The argument of processes that load for the first time and tell how long that took. */
const FIRST = '--first-load'
/** What is asked for: ours against OPA's. */
const GOALS = { evaluation: 10, load: 3 } as const

const policies = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.rego'))
  .map((name) => ({ name: name.slice(0, -'.rego'.length), text: readFileSync(join(FOLDER, name), 'utf8') }))

/** CPU milliseconds of a call: the lowest and the middle of some rounds. */
function measure(run: () => void): { readonly least: number; readonly middle: number } {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  times.sort((a, b) => a - b)
  return { least: times[0] ?? 0, middle: times[Math.floor(times.length / 2)] ?? 0 }
}

function prepare(name: string, text: string): PreparedQuery {
  const compiled = compilePolicy({ files: [{ file: `${name}.rego`, text, version: 'v1' }] })
  if ('problems' in compiled) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
  const prepared = compiled.policy.prepare(`data.bench.${name.replaceAll('-', '_')}.deny`)
  if ('problems' in prepared) throw new Error(prepared.problems.map(({ message }) => message).join('; '))
  return prepared.query
}

/** Files of a set of policies under other package names, as many as a bundle holds. */
function copies(): { readonly file: string; readonly text: string; readonly version: 'v1' }[] {
  return Array.from({ length: COPIES }, (_, place) => {
    const { name, text } = policies[place % policies.length] as (typeof policies)[number]
    return {
      file: `${name}-${place}.rego`,
      text: text.replace('package bench.', `package bench${place}.`),
      version: 'v1',
    }
  })
}

function findOpa(): string | undefined {
  const program = process.env['KUBESCAPE_OPA'] ?? 'opa'
  return spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0 ? program : undefined
}

/** Milliseconds that OPA reports for one evaluation of a prepared query, the lowest of some runs. */
function opaEvaluation(opa: string, policy: string, input: string, name: string): number {
  const query = `data.bench.${name.replaceAll('-', '_')}.deny`
  const args = [
    'bench',
    '--v1-compatible',
    '--format',
    'json',
    '--benchmem=false',
    '--count',
    '3',
    '-d',
    policy,
    '-i',
    input,
    query,
  ]
  const output = execFileSync(opa, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
  const runs = output.split(/\n(?=\{)/).map((text) => JSON.parse(text) as { N: number; T: number })
  return Math.min(...runs.map(({ N, T }) => T / N / 1e6))
}

/** CPU milliseconds that OPA needs for parsing and compiling files, over those of a start without any: the lowest of some runs. */
function opaLoad(opa: string, folder: string): number {
  let [least, empty] = [Infinity, Infinity]
  for (let round = 0; round < ROUNDS; round++) {
    least = Math.min(least, cpuOf([opa, 'eval', '--v1-compatible', '-d', folder, 'true']))
    empty = Math.min(empty, cpuOf([opa, 'eval', '--v1-compatible', 'true']))
  }
  return least - empty
}

/** CPU milliseconds of a command, as the shell's `times` tells of its children: `0m1.250s 0m0.080s`. */
function cpuOf(command: readonly string[]): number {
  const output = execFileSync('sh', ['-c', '"$@" >/dev/null; times', 'sh', ...command], { encoding: 'utf8' })
  const children = output.trim().split('\n').at(-1) ?? ''
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)]
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0)
}

async function main(): Promise<void> {
  const corpus = join(SHARED, 'corpus/large')
  if (statSync(corpus, { throwIfNoEntry: false }) === undefined) {
    console.log('the shared corpus is not there: nothing was measured')
    return
  }
  const input: Value[] = []
  for await (const { object } of new FileSource({ paths: [corpus] }).resources({ kind: () => true })) {
    input.push(object)
  }
  const opa = findOpa()
  const scratch = mkdtempSync(join(tmpdir(), 'kubescape-bench-'))
  try {
    const inputFile = join(scratch, 'input.json')
    writeFileSync(inputFile, JSON.stringify(input))
    console.log(
      `${input.length} resources; CPU milliseconds for one evaluation, lowest of ${ROUNDS} rounds${opa === undefined ? '' : ', beside opa'}`,
    )
    console.log(
      `${'policy'.padEnd(16)} ${'results'.padStart(7)} ${'first'.padStart(9)} ${'ours'.padStart(9)} ${'us/resource'.padStart(11)} ${'opa'.padStart(9)} ${'ratio'.padStart(7)}`,
    )
    let ours = 0
    let theirs = 0
    for (const { name, text } of policies) {
      const query = prepare(name, text)
      const evaluate = (): number => {
        const { solutions, problem } = query.evaluate({ input })
        if (problem !== undefined) throw new Error(problem.message)
        const result = solutions[0]?.values[0]
        return result instanceof RegoSet ? result.size : 0
      }
      const before = process.cpuUsage()
      const results = evaluate()
      const { user, system } = process.cpuUsage(before)
      const { least } = measure(evaluate)
      ours += least
      let reference = ''
      if (opa !== undefined) {
        const time = opaEvaluation(opa, join(FOLDER, `${name}.rego`), inputFile, name)
        theirs += time
        reference = ` ${time.toFixed(2).padStart(9)} ${(time / least).toFixed(1).padStart(7)}`
      }
      const perResource = ((least * 1000) / input.length).toFixed(2)
      console.log(
        `${name.padEnd(16)} ${String(results).padStart(7)} ${((user + system) / 1000).toFixed(2).padStart(9)} ${least.toFixed(2).padStart(9)} ${perResource.padStart(11)}${reference}`,
      )
    }
    const files = copies()
    for (const { file, text } of files) writeFileSync(join(scratch, file), text)
    rmSync(inputFile)
    const first = firstLoad()
    const { least: load } = measure(() => compilePolicy({ files }))
    console.log(`\nloading ${COPIES} files: ${first.toFixed(1)} ms at first, ${load.toFixed(1)} ms again`)
    if (opa === undefined) {
      console.log('opa is not here: nothing to compare with')
      return
    }
    const opaTime = opaLoad(opa, scratch)
    console.log(`opa loads them in ${opaTime.toFixed(0)} ms`)
    verdict('evaluation', theirs / ours, GOALS.evaluation)
    verdict('load, the first in a process', opaTime / first, GOALS.load)
    verdict('load, once the engine is warm', opaTime / load, GOALS.load)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** CPU milliseconds of loading in processes that have done nothing else before: the lowest of some. */
function firstLoad(): number {
  const command = [...process.execArgv, import.meta.filename, FIRST]
  let least = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    least = Math.min(least, Number(execFileSync(process.execPath, command, { encoding: 'utf8' })))
  }
  return least
}

/** What such a process does. */
function printFirstLoad(): void {
  const files = copies()
  const before = process.cpuUsage()
  compilePolicy({ files })
  const { user, system } = process.cpuUsage(before)
  console.log((user + system) / 1000)
}

function verdict(what: string, ratio: number, goal: number): void {
  console.log(
    `${what}: ${ratio.toFixed(1)} times as fast as opa, asked for ${goal}: ${ratio >= goal ? 'met' : 'MISSED'}`,
  )
}

if (process.argv[2] === FIRST) printFirstLoad()
else await main()
