/** Which process is which component of the node. */
import { commandLineText, flagValue } from './command-line.ts'
import { componentOf } from './kubelite.ts'
import type { Machine } from './machine.ts'
import { readProcesses, type NodeProcess } from './process-table.ts'

/** Programs whose command lines say where the files of a node are. */
export type Component =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-proxy'
  | 'kube-scheduler'
  | 'kubelet'

const COMPONENTS: readonly Component[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubelet',
]
/** Programs that hold several components in one process. */
const BUNDLES = ['k3s', 'kubelite']

/** The processes of a node. */
export class Processes {
  readonly #machine: Machine
  readonly #all: readonly NodeProcess[]

  /** @param others names of further programs to look for */
  constructor(machine: Machine, others: readonly string[]) {
    this.#machine = machine
    this.#all = readProcesses(machine, new Set([...COMPONENTS, ...BUNDLES, ...others]))
  }

  /** True when a program runs, in a container or not. */
  runs(program: string): boolean {
    return this.#all.some((process) => process.program === program)
  }

  /**
   * The process of a component of this node. One that runs in somebody's Pod belongs to another cluster; of several the one of
   * root counts, then one in a static Pod, and the doubt is noted.
   */
  find(component: Component): NodeProcess | undefined {
    const candidates = this.#all.filter((process) => process.program === component && this.#belongsHere(process))
    const chosen =
      candidates.find(({ isRoots }) => isRoots) ?? candidates.find(({ isNested }) => isNested) ?? candidates[0]
    if (chosen === undefined) {
      const kubelite = this.#all.find(({ program, isNested }) => program === 'kubelite' && !isNested)
      return kubelite && componentOf(kubelite, component, this.#machine)
    }
    if (candidates.length > 1)
      this.#doubt(chosen, `one of ${candidates.length} processes named ${component}; the others were left out`)
    if (!chosen.isRoots && !chosen.isNested)
      this.#doubt(chosen, `${component} does not run as root; anyone could have started it`)
    if (!chosen.isWhole) this.#doubt(chosen, 'the command line is too long')
    return chosen
  }

  #belongsHere({ program, isNested, pod }: NodeProcess): boolean {
    if (program === 'kubelet') return !isNested
    if (program === 'kube-proxy') return !isNested || this.#hasKubelet()
    return pod === 'static' ? this.#hasKubelet() : pod === undefined && !isNested
  }

  /** Containers may hold whole nodes (kind does), whose parts must not be taken for the machine's own. */
  #hasKubelet(): boolean {
    return this.#all.some(({ program, isNested }) => !isNested && (program === 'kubelet' || BUNDLES.includes(program)))
  }

  #doubt({ pid }: NodeProcess, why: string): void {
    this.#machine.note(`/proc/${pid}/cmdline`, why)
  }
}

/** The value of a flag of a process; undefined where there is no process, or no such flag, or nothing behind it. */
export function flagOf(process: NodeProcess | undefined, flag: string): string | undefined {
  return (process && flagValue(process.args, flag)) || undefined
}

/** The command line for facts. Half of one is none: a flag that is missing from it would pass for one that was not given. */
export function cmdLineOf(process: NodeProcess | undefined): { readonly cmdLine?: string } {
  return process?.isWhole === true ? { cmdLine: commandLineText(process.args) } : {}
}
