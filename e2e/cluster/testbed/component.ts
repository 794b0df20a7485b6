/** One program of a control plane: started, watched and stopped, with its output in a file. */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { eventually } from './eventually.ts'

/** What a component is started with. */
export interface ComponentPlan {
  /** Its name, which is also the first argument of the testbed's program. */
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  /** Folder of the cluster, which the component removes when the test is gone. */
  readonly folder: string
  readonly logPath: string
  /** Resolves to true once the component serves. */
  readonly isReady: () => Promise<boolean>
}

/** A running program. */
export interface Component {
  readonly name: string
  /** Waits until it serves. Throws with the end of its log if it ends before that, or takes too long. */
  ready(): Promise<void>
  isRunning(): boolean
  /** Sends a signal, unless it has ended, and waits for its end. */
  stop(signal: NodeJS.Signals): Promise<void>
  /** Resident memory in bytes; `undefined` once it has ended, or where the system has no /proc. */
  memoryBytes(): number | undefined
}

const READY_TIMEOUT_MS = 120_000
const LOG_TAIL_LINES = 25

/**
 * Starts a component. It never outlives this process: it ends when its standard input closes. It is in a process group of its
 * own, so that an interrupt typed at the terminal reaches the test alone, and the component sees to the folder afterwards.
 */
export function startComponent(plan: ComponentPlan): Component {
  const { name, program, args, folder, logPath } = plan
  mkdirSync(dirname(logPath), { recursive: true })
  const log = openSync(logPath, 'a')
  const child = spawn(program, [name, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, KUBESCAPE_TESTBED_FOLDER: folder },
    stdio: ['pipe', log, log],
    detached: true,
  })
  closeSync(log)
  let ended: string | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ended = String(error)
      resolve()
    })
    child.once('exit', (code, signal) => {
      ended = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`
      resolve()
    })
  })
  // A test that forgot to stop its cluster still ends, and takes the cluster with it.
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()

  return {
    name,
    async ready() {
      const isDone = async (): Promise<boolean> => ended !== undefined || (await plan.isReady())
      try {
        await eventually(`${name} is ready`, isDone, { timeoutMs: READY_TIMEOUT_MS, intervalMs: 50 })
      } catch (error) {
        throw new Error(`${String(error)}\n${tailOf(logPath)}`, { cause: error })
      }
      if (ended !== undefined) throw new Error(`${name} did not start: ${ended}\n${tailOf(logPath)}`)
    },
    isRunning: () => ended === undefined,
    async stop(signal) {
      if (ended !== undefined) return
      child.kill(signal)
      // What waits for the end keeps this process going until it has come.
      child.ref()
      await exited
    },
    memoryBytes: () => (ended === undefined && child.pid !== undefined ? residentBytes(child.pid) : undefined),
  }
}

function tailOf(path: string): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES)
  return [`the end of ${path}:`, ...lines].join('\n')
}

function residentBytes(pid: number): number | undefined {
  try {
    const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}
