/** Runs the built product through its public face. */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Absolute path of the repository root. */
export const root: string = join(import.meta.dirname, '..')

/** Absolute path of the launcher; `KUBESCAPE_LAUNCHER` names another product to test, such as a single executable. */
export const launcher: string = process.env['KUBESCAPE_LAUNCHER'] || join(root, 'bin/kubescape')

/** What a run printed and how it ended. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a run is given beside its arguments. */
export interface RunOptions {
  readonly stdin?: string
  readonly cwd?: string
  /** Added to the environment of the test. */
  readonly env?: Readonly<Record<string, string>>
}

/** No test tells the collector of whoever runs it. */
const QUIET = { NO_COLOR: '1', OTEL_SDK_DISABLED: 'true' }

/** Runs `bin/kubescape`. `KUBESCAPE_FROM_SOURCE` of the environment decides between sources and bundle. */
export function kubescape(args: readonly string[], options: RunOptions = {}): Run {
  return run(launcher, args, options)
}

/** Runs any program and waits for it; one that does not start has no code. */
export function run(program: string, args: readonly string[], { stdin, cwd = root, env }: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...QUIET, ...env },
    input: stdin ?? '',
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { code: status, stdout, stderr }
}

/** A run that goes on while the test does something else, such as being its server. */
export interface Running {
  readonly ended: Promise<Run>
  /** What stands on standard error so far. */
  readonly printed: () => string
  /** Ctrl-C. */
  readonly interrupt: () => void
}

/** Starts `bin/kubescape`. */
export function startKubescape(args: readonly string[], { stdin, cwd = root, env }: RunOptions = {}): Running {
  const child = spawn(launcher, args, { cwd, env: { ...process.env, ...QUIET, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  child.stdin.end(stdin ?? '')
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { ended, printed: () => stderr, interrupt: () => void child.kill('SIGINT') }
}
