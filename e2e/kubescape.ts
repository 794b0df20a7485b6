/** Runs the built product through its public face. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Absolute path of the repository root. */
export const root: string = join(import.meta.dirname, '..')

/** Absolute path of the launcher. */
export const launcher: string = join(root, 'bin/kubescape')

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

/** Runs `bin/kubescape`. `KUBESCAPE_FROM_SOURCE` of the environment decides between sources and bundle. */
export function kubescape(args: readonly string[], options: RunOptions = {}): Run {
  return run(launcher, args, options)
}

/** Runs any program and waits for it; one that does not start has no code. */
export function run(program: string, args: readonly string[], { stdin, cwd = root, env }: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    input: stdin ?? '',
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { code: status, stdout, stderr }
}
