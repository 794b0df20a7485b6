/** Builds the program of the testbed into the cache, unless it is there: `node e2e/cluster/testbed/build.ts`. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { BUILD_FLAGS, findToolchain, goEnvironment, namedProgram, programPath, sources } from './program.ts'

/** What came of it: the path of the program, why there can be none, or that Go failed (and has said why). */
export type Build =
  | { readonly kind: 'built'; readonly path: string }
  | { readonly kind: 'impossible'; readonly reason: string }
  | { readonly kind: 'failed' }

/** Builds the program if none is named and none is in the cache, and prints what it does and how long that took. */
export async function buildProgram(): Promise<Build> {
  const named = namedProgram()
  if (named !== undefined) return { kind: 'built', path: named }
  const toolchain = findToolchain()
  if (toolchain.kind === 'unfit') return { kind: 'impossible', reason: toolchain.reason }
  const path = programPath(toolchain.description)
  if (existsSync(path)) return { kind: 'built', path }

  console.log(`testbed: building ${path} with ${toolchain.description}; with an empty cache that takes minutes`)
  const start = performance.now()
  const unfinished = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  // At a low priority: the machine may have other things to do.
  const ended = await run('nice', ['-n', '10', 'go', 'build', ...BUILD_FLAGS, '-o', unfinished, '.'])
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  if (!ended) {
    rmSync(unfinished, { force: true })
    console.log(`testbed: go build failed after ${seconds} s`)
    return { kind: 'failed' }
  }
  // Whoever finds the path finds all of the program, even where two builds run at once.
  renameSync(unfinished, path)
  const megabytes = (statSync(path).size / 1e6).toFixed(0)
  console.log(`testbed: built ${megabytes} MB in ${seconds} s on ${availableParallelism()} cores`)
  return { kind: 'built', path }
}

async function run(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: sources, env: goEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.log(String(error))
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
}

if (import.meta.main) {
  const build = await buildProgram()
  if (build.kind === 'built') console.log(build.path)
  if (build.kind === 'impossible') console.log(`testbed: ${build.reason}`)
  process.exitCode = build.kind === 'built' ? 0 : 1
}
