/** Runs a program of somebody else: no shell, no input, and bounds on its time and its output. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'

/** Variables of the process; undefined ones are not set. */
export type Environment = Readonly<Record<string, string | undefined>>

const MIB = 1024 * 1024

/** Bounds of a run. */
export interface RunLimits {
  readonly timeoutMs?: number
  /** Longest output that is taken. */
  readonly maxBytes?: number
}

/** How to run. */
export interface RunOptions extends RunLimits {
  /** The whole environment of the program; `PATH` finds it. */
  readonly env: Environment
  readonly signal?: AbortSignal | undefined
  /** Takes the output as it comes, which is then not kept; once it answers false the run is over. */
  readonly onOutput?: (chunk: Buffer) => boolean
}

/** What became of a run. */
export type Ran =
  | { readonly kind: 'ended'; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-started'; readonly why: string }
  | { readonly kind: 'timed-out'; readonly timeoutMs: number }
  | { readonly kind: 'too-long'; readonly maxBytes: number }

type Child = ChildProcessByStdio<null, Readable, Readable>

const TIMEOUT_MS = 30_000
const MAX_BYTES = 32 * MIB
/** What is kept of the messages of a program: their end, where it says what was the matter. */
const MAX_MESSAGE_BYTES = 16 * 1024

/**
 * Runs a program to its end. It and what it starts are a process group of their own, which is killed when a bound is reached:
 * cloud programs are scripts that start an interpreter.
 * @throws the signal's reason when it is aborted
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env, signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, onOutput }: RunOptions,
): Promise<Ran> {
  signal?.throwIfAborted()
  const child: Child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Ran>()
  const stop = (ran: Ran): void => {
    kill(child)
    resolve(ran)
  }
  const onAbort = (): void => {
    kill(child)
    reject(signal?.reason as Error)
  }
  const timer = setTimeout(() => stop({ kind: 'timed-out', timeoutMs }), timeoutMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  const stdout = new Output(maxBytes)
  const stderr = new Output(MAX_MESSAGE_BYTES)
  child.stdout.on('data', (chunk: Buffer) => {
    if (onOutput === undefined) {
      if (!stdout.add(chunk)) stop({ kind: 'too-long', maxBytes })
    } else if (!onOutput(chunk)) {
      stop({ kind: 'ended', code: 0, stdout: '', stderr: '' })
    }
  })
  child.stderr.on('data', (chunk: Buffer) => stderr.addLast(chunk))
  child.once('error', (error: NodeJS.ErrnoException) => {
    resolve(error.code === 'ENOENT' ? { kind: 'not-found' } : { kind: 'not-started', why: error.message })
  })
  child.once('close', (code) => resolve({ kind: 'ended', code, stdout: stdout.text(), stderr: stderr.text() }))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Ends the program with all that it started, and stops listening to it. */
function kill(child: Child): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
  child.kill('SIGKILL')
  child.stdout.destroy()
  child.stderr.destroy()
}

/** Bytes up to a number. */
class Output {
  readonly #most: number
  #chunks: Buffer[] = []
  #size = 0

  constructor(most: number) {
    this.#most = most
  }

  /** False when it was too much. */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length
    if (this.#size > this.#most) return false
    this.#chunks.push(chunk)
    return true
  }

  /** Forgets the beginning when it becomes too much. */
  addLast(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size > 2 * this.#most) {
      const last = Buffer.concat(this.#chunks).subarray(-this.#most)
      this.#chunks = [last]
      this.#size = last.length
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }
}
