/** Where the one program lies that is every part of a control plane, and whether this machine can build it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Folder of the Go sources. */
export const sources: string = import.meta.dirname

/** The version that the control plane tells; its code is that of go.mod. */
const VERSION = { major: '1', minor: '37', patch: '2' }

/**
 * How the program is built. Code that is not inlined and not described for debuggers compiles in two thirds of the time, and
 * the tests do not notice. Without the version the API server calls itself v0.0.0-master.
 */
export const BUILD_FLAGS: readonly string[] = [
  '-mod=readonly',
  '-trimpath',
  '-buildvcs=false',
  '-gcflags=all=-l -dwarf=false',
  `-ldflags=-s -w ${Object.entries({
    gitVersion: `v${VERSION.major}.${VERSION.minor}.${VERSION.patch}`,
    gitMajor: VERSION.major,
    gitMinor: VERSION.minor,
  })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(' ')}`,
]

/** Environment of the Go toolchain: nothing of the machine's settings changes what is built, and no other Go is fetched. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' }
}

/** The installed Go, or why it cannot build the testbed. */
export type Toolchain =
  | { readonly kind: 'fit'; readonly description: string }
  | { readonly kind: 'unfit'; readonly reason: string }

/** Looks for a Go on PATH that is as new as go.mod wants it. */
export function findToolchain(): Toolchain {
  const wanted = /^go (\d+)\.(\d+)/m.exec(readFileSync(join(sources, 'go.mod'), 'utf8'))
  let description: string
  try {
    // Outside the module, where a Go that is too old would refuse to answer.
    const output = execFileSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], {
      cwd: '/',
      env: goEnvironment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    description = output.trim().split('\n').join(' ')
  } catch {
    return { kind: 'unfit', reason: 'there is no Go toolchain on PATH' }
  }
  const [major, minor] = [wanted?.[1], wanted?.[2]].map(Number)
  const found = /^go(\d+)\.(\d+)/.exec(description)
  // Development versions do not tell a number, and are new enough.
  if (!found || major === undefined || minor === undefined) return { kind: 'fit', description }
  const newEnough = Number(found[1]) > major || (Number(found[1]) === major && Number(found[2]) >= minor)
  if (newEnough) return { kind: 'fit', description }
  return { kind: 'unfit', reason: `the Go toolchain on PATH is ${description}; ${major}.${minor} or newer is needed` }
}

/** Where the program lies, or will lie once it is built: a folder for each version of its sources, flags and toolchain. */
export function programPath(description: string): string {
  const hash = createHash('sha256').update([description, ...BUILD_FLAGS].join('\n'))
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(sources, name)))
  const userCache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const cache = process.env['KUBESCAPE_TESTBED_CACHE'] ?? join(userCache, 'kubescape-testbed')
  return join(cache, hash.digest('hex').slice(0, 16), 'testbed')
}

/** Path of a program that was built elsewhere, from the environment. */
export function namedProgram(): string | undefined {
  const named = process.env['KUBESCAPE_TESTBED_PROGRAM']
  return named === '' ? undefined : named
}

/** Absolute path of the program: one that is named, else the one in the cache. Throws with what to do where there is none. */
export function findProgram(): string {
  const named = namedProgram()
  if (named !== undefined) return named
  const toolchain = findToolchain()
  if (toolchain.kind === 'unfit') throw new Error(`the testbed cannot be built: ${toolchain.reason}`)
  const path = programPath(toolchain.description)
  if (!existsSync(path)) throw new Error(`the testbed is not built; run: node ${join(sources, 'build.ts')}`)
  return path
}
