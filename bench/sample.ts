/** Runs one command in a fresh process and says what it cost. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one run cost. */
export interface CpuSample {
  /** User and system time of the command and of all descendants that it waited for. */
  readonly cpuMs: number
  readonly exitCode: number
}

const TIMED = `TIMEFORMAT='%3U %3S'; time { (eval "$1") >/dev/null 2>/dev/null </dev/null; }; echo "$?"`

/**
 * Measures one run of a line of shell; its input is empty and its output thrown away.
 *
 * Bash's `time` reads `getrusage` of its children and prints milliseconds (the `times` of dash would round to 10 ms), so
 * user and system time are each cut off by less than 1 ms. Bash's own fork for the line counts with it, less than 1 ms.
 */
export function sampleCpu(line: string): CpuSample {
  const { stdout, stderr } = spawnSync('bash', ['-c', TIMED, 'bash', line], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  const [, user, system] = /^(\d+\.\d+) (\d+\.\d+)$/m.exec(stderr) ?? []
  if (user === undefined) throw new Error(`bash did not say what this cost: ${line}\n${stderr}`)
  return { cpuMs: Math.round((Number(user) + Number(system)) * 1000), exitCode: Number(stdout) }
}

/**
 * Peak resident size, in KiB, of the largest Node.js process that a line of shell starts; `undefined` if it starts none.
 * Linux only; precise to a page. A run of its own, because the hook that reports it costs some CPU time.
 */
export function sampleRss(line: string): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-rss-'))
  const report = join(folder, 'report')
  const hook = JSON.stringify(join(import.meta.dirname, 'report-rss.cjs'))
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --require ${hook}`
  try {
    spawnSync('bash', ['-c', line], {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: options, KUBESCAPE_RSS_FILE: report },
    })
    return Math.max(...readFileSync(report, 'utf8').trim().split('\n').map(Number))
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
