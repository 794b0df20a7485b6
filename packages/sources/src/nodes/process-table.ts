/** The processes of a machine that matter to its facts, read from `/proc`. */
import { posix } from 'node:path'

import { splitCommandLine } from './command-line.ts'
import type { Machine } from './machine.ts'
import { Unread } from './unread.ts'

/** A process of interest. */
export interface NodeProcess {
  readonly pid: number
  /** Name of its program, without directory. */
  readonly program: string
  readonly args: readonly string[]
  /** False where the command line could not be read to its end, so that a flag may be missing from the arguments. */
  readonly isWhole: boolean
  readonly isRoots: boolean
  /** True inside of a container with process numbers of its own. */
  readonly isNested: boolean
  /** The kind of Pod that it runs in: static Pods, which files of the node define, have a hash for an id. */
  readonly pod: 'static' | 'ordinary' | undefined
}

const LONGEST_NAME = 256
const POD = /pod(?:([\da-f]{32})(?![\da-f])|[\da-f]{8}[-_](?:[\da-f]{4}[-_]){3}[\da-f]{12})/

/** The processes of some programs, in the order of their numbers. */
export function readProcesses(machine: Machine, programs: ReadonlySet<string>): NodeProcess[] {
  const listed = machine.files.list('/proc', 2 * machine.limits.processes)
  if (listed instanceof Unread) {
    machine.note('/proc', listed.why)
    return []
  }
  const pids = listed.names.filter((name) => /^\d{1,10}$/.test(name)).map(Number)
  pids.sort((a, b) => a - b)
  if (pids[0] !== 1) machine.note('/proc', pids.length === 0 ? 'has no processes' : 'shows only some of the processes')
  if (listed.isCut || pids.length > machine.limits.processes)
    machine.note('/proc', `more than ${machine.limits.processes} processes`)
  return pids.slice(0, machine.limits.processes).flatMap((pid) => readProcess(machine, pid, programs) ?? [])
}

/** Undefined for a process that is of no interest, or has ended meanwhile. */
function readProcess(machine: Machine, pid: number, programs: ReadonlySet<string>): NodeProcess | undefined {
  const read = machine.files.readBeginning(`/proc/${pid}/cmdline`, machine.limits.commandLineBytes)
  if (read instanceof Unread) {
    if (!read.isMissing) machine.note('/proc/*/cmdline', read.why)
    return undefined
  }
  const program = programOf(read.bytes.subarray(0, LONGEST_NAME).toString('utf8').split('\0'))
  if (!programs.has(program)) return undefined
  const status = machine.text(`/proc/${pid}/status`)
  if (status === undefined) return undefined
  return {
    pid,
    program,
    args: splitCommandLine(read.bytes.toString('utf8')),
    isWhole: !read.isCut,
    isRoots: /^Uid:\s+0\s+0\s+0\s+0\s*$/m.test(status),
    isNested: /^NSpid:[ \t]+\d+[ \t]+\d/m.test(status),
    pod: podOf(machine.text(`/proc/${pid}/cgroup`) ?? ''),
  }
}

/** `k3s` writes `k3s server` in place of its name; `hyperkube` takes the component as its first argument. */
function programOf([first = '', second = '']: readonly string[]): string {
  const name = posix.basename(first.split(' ', 1)[0] ?? '')
  return name === 'hyperkube' ? second : name
}

/** Static Pods have 32 digits for an id, those of the API server a UUID, whose dashes systemd turns into underscores. */
function podOf(cgroups: string): NodeProcess['pod'] {
  const [outermost, hash] = POD.exec(cgroups) ?? []
  if (hash !== undefined) return 'static'
  return outermost === undefined ? undefined : 'ordinary'
}
