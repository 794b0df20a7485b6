/** The Pods of control plane components and their command lines. */
import { asList, asMap, asText, field, matching, type Resource, type ValueMap } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import type { Item } from './command-flags.ts'

/** Pods; a check of components finds its own among them. */
export const PODS = [matching('v1', 'Pod')]

/** A component of the control plane that runs as a Pod. */
export interface Component {
  /** Name of its program. */
  readonly program: string
  /** The only namespace in which it is looked for; etcd may live in any. */
  readonly namespace?: string
}

/** kube-apiserver. */
export const API_SERVER: Component = { program: 'kube-apiserver', namespace: 'kube-system' }
/** kube-controller-manager. */
export const CONTROLLER_MANAGER: Component = { program: 'kube-controller-manager', namespace: 'kube-system' }
/** kube-scheduler. */
export const SCHEDULER: Component = { program: 'kube-scheduler', namespace: 'kube-system' }
/** etcd. */
export const ETCD: Component = { program: 'etcd' }

/** What the first container of a Pod is started with. */
export interface CommandLine {
  /** The entries of `command`, then those of `args`. */
  readonly items: readonly Item[]
  /** Path of the list that further flags belong to. */
  readonly listPath: string
  /** Path of the entry `offset` places behind the last one. */
  end(offset: number): string
}

/** A check of the Pods of a component; other Pods are not tested. */
export function eachComponent(component: Component, name: string, judge: (line: CommandLine) => Judgement): LocalCheck {
  return {
    shape: 'local',
    name,
    match: PODS,
    isAboutPlatform: true,
    judge(resource) {
      const line = commandLineOf(component, resource)
      return line === undefined ? 'not-tested' : judge(line)
    },
  }
}

/** The command line of a component's Pod: it has one container, whose command begins with the program. */
export function commandLineOf({ program, namespace }: Component, resource: Resource): CommandLine | undefined {
  if (namespace !== undefined && resource.identity.namespace !== namespace) return undefined
  const containers = asList(field(resource.object, 'spec', 'containers'))
  const container = asMap(containers[0])
  if (containers.length !== 1 || container === undefined) return undefined
  const [first = ''] = (asText(asList(container['command'])[0]) ?? '').split(' ', 1)
  return first.endsWith(program) ? readCommandLine(container) : undefined
}

/** `command` and `args` of the first container of a Pod, with their paths. */
export function readCommandLine(container: ValueMap): CommandLine {
  const itemsOf = (list: 'command' | 'args'): Item[] =>
    asList(container[list]).map((entry, at) => ({
      text: asText(entry) ?? '',
      path: `spec.containers[0].${list}[${at}]`,
    }))
  const [command, args] = [itemsOf('command'), itemsOf('args')]
  const [list, length] = args.length > 0 ? (['args', args.length] as const) : (['command', command.length] as const)
  return {
    items: [...command, ...args],
    listPath: `spec.containers[0].${list}`,
    end: (offset) => `spec.containers[0].${list}[${length + offset}]`,
  }
}
