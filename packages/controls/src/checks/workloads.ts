/** Factories of checks that look at the pod template of workloads. */
import {
  CONTAINER_LISTS,
  field,
  WORKLOADS,
  workloadOf,
  type Container,
  type ContainerList,
  type Match,
  type Workload,
} from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, removal, wrong, type Finding } from '../finding.ts'
import type { ControlInputs, InputName } from '../inputs.ts'

/** What every workload check says about itself. */
export interface WorkloadCheck {
  readonly name: string
  readonly match?: readonly Match[]
  readonly inputs?: readonly InputName[]
}

/** A check of the pod template as a whole. */
export function eachWorkload(
  about: WorkloadCheck,
  judge: (workload: Workload, inputs: ControlInputs) => Judgement,
): LocalCheck {
  return {
    shape: 'local',
    match: WORKLOADS,
    ...about,
    judge(resource, inputs) {
      const workload = workloadOf(resource)
      return workload === undefined ? 'not-tested' : judge(workload, inputs)
    },
  }
}

/** The workload kinds that serve: those of Jobs run a tool and end. */
export const SERVING: readonly Match[] = WORKLOADS.filter(({ groups }) => !groups.includes('batch'))

/** The container fails, but no field of it can be named: running ephemeral containers cannot be edited. */
export const NO_FIELD: readonly Finding[] = []

/**
 * A check of each container of the named lists. A pod template without any readable container is not tested: it says nothing,
 * so it must not pass.
 */
export function eachContainer(
  about: WorkloadCheck & {
    readonly lists: readonly ContainerList[]
    /** The setting exists on Linux only: pods for Windows are not tested. */
    readonly linuxOnly?: true
  },
  judge: (container: Container, inputs: ControlInputs) => readonly Finding[] | Finding | undefined,
): LocalCheck {
  const { lists, linuxOnly, ...rest } = about
  return eachWorkload(rest, (workload, inputs) => {
    if (workload.containers.length === 0 || (linuxOnly && isWindows(workload))) return 'not-tested'
    const findings: Finding[] = []
    let failed = false
    for (const container of workload.containersIn(lists)) {
      const found = judge(container, inputs)
      if (found === NO_FIELD) failed = true
      else if (Array.isArray(found)) findings.push(...(found as readonly Finding[]))
      else if (found !== undefined) findings.push(found as Finding)
    }
    return failed ? findings : failsIfAny(findings)
  })
}

/** A check of each container that runs as long as the pod: the regular ones, and init containers that are sidecars. */
export function eachLastingContainer(
  about: WorkloadCheck,
  judge: (container: Container, inputs: ControlInputs) => readonly Finding[] | Finding | undefined,
): LocalCheck {
  return eachContainer({ ...about, lists: REGULAR_AND_INIT }, (container, inputs) =>
    container.list === 'containers' || container.spec['restartPolicy'] === 'Always'
      ? judge(container, inputs)
      : undefined,
  )
}

/** Regular and init containers of every kind; ephemeral containers, which only running Pods have, of Pods. */
export function hasJudgedList(container: Container): boolean {
  return container.list !== 'ephemeralContainers' || container.workload.kind === 'Pod'
}

/** A field of the container that should be set; none can be named in ephemeral containers. */
export function lacking(container: Container, relative: string, value: string): readonly Finding[] {
  return container.list === 'ephemeralContainers' ? NO_FIELD : [missing(container.at(relative), value)]
}

/** A field of the container that should go; ephemeral containers cannot be edited, so there it is no repair. */
export function excess(container: Container, relative: string): Finding {
  return (container.list === 'ephemeralContainers' ? wrong : removal)(container.at(relative))
}

/** True for pods that run on Windows: settings of Linux have no effect there, and with `os.name` the API server rejects them. */
export function isWindows({ podSpec }: Workload): boolean {
  return field(podSpec, 'os', 'name') === 'windows' || field(podSpec, 'nodeSelector', 'kubernetes.io/os') === 'windows'
}

/** The lists that most checks of running code read. */
export const REGULAR: readonly ContainerList[] = ['containers']
/** Regular and init containers. */
export const REGULAR_AND_INIT: readonly ContainerList[] = ['containers', 'initContainers']
/** All lists. */
export const EVERY_LIST: readonly ContainerList[] = CONTAINER_LISTS
