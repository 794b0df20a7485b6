/** The workload view: the pod template of any workload kind, found once, with the path of everything in it. */
import type { Value, ValueMap } from '@kubescape/yaml'

import { landingNamespace } from './identity.ts'
import { asList, asMap, asText, asTextMap, field } from './object.ts'
import type { Match } from './match.ts'
import type { Resource } from './resource.ts'

/** The lists of a pod spec that hold containers. */
export type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers'

/** Every list of containers, in the order in which people read a manifest. */
export const CONTAINER_LISTS: readonly ContainerList[] = ['containers', 'initContainers', 'ephemeralContainers']

/** Where the pod template sits, per kind: the path of the object that holds `metadata` and `spec` of the pods. */
const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** Pod templates of kinds that only controls about these kinds judge: to all others they are unknown. */
const SPECIAL_TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  SandboxTemplate: ['spec', 'podTemplate'],
}

/** Every kind that has a pod template which controls judge. */
export const WORKLOAD_KINDS: readonly string[] = [TEMPLATE_PATHS, SPECIAL_TEMPLATE_PATHS].flatMap(Object.keys)

/** The seven kinds that most controls judge. Old API groups of the same kinds hold the same pod template. */
export const WORKLOADS: readonly Match[] = [
  { groups: [''], versions: ['v1'], kinds: ['Pod'] },
  {
    groups: ['apps', 'extensions'],
    versions: ['*'],
    kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'],
  },
  { groups: ['batch'], versions: ['*'], kinds: ['Job', 'CronJob'] },
]

/** The seven kinds and ReplicationController. */
export const WORKLOADS_AND_CONTROLLERS: readonly Match[] = [
  ...WORKLOADS,
  { groups: [''], versions: ['v1'], kinds: ['ReplicationController'] },
]

/** A container with its place in the workload. */
export class Container {
  readonly workload: Workload
  readonly list: ContainerList
  readonly index: number
  readonly spec: ValueMap

  constructor(workload: Workload, list: ContainerList, index: number, spec: ValueMap) {
    this.workload = workload
    this.list = list
    this.index = index
    this.spec = spec
  }

  /** Path of the container, such as `spec.template.spec.containers[0]`. */
  get path(): string {
    return `${this.workload.podPath}.${this.list}[${this.index}]`
  }

  /** Path of a field of the container. */
  at(relative: string): string {
    return `${this.path}.${relative}`
  }

  /** The value below the keys, or undefined. */
  get(...keys: readonly string[]): Value | undefined {
    return field(this.spec, ...keys)
  }

  get name(): string {
    return asText(this.spec['name']) ?? ''
  }

  get image(): string {
    return asText(this.spec['image']) ?? ''
  }
}

/** A workload seen through its pod template. Get one from {@link workloadOf}. */
export class Workload {
  readonly resource: Resource
  /** The pod's metadata and spec: the object itself for a Pod, the template otherwise. */
  readonly template: ValueMap
  readonly templatePath: string
  readonly podSpec: ValueMap
  #containers: readonly Container[] | undefined
  /** By the list of lists itself: checks share a few constants. */
  #byLists: Map<readonly ContainerList[], readonly Container[]> | undefined

  constructor(resource: Resource, template: ValueMap, templatePath: string) {
    this.resource = resource
    this.template = template
    this.templatePath = templatePath
    this.podSpec = asMap(template['spec']) ?? NOTHING
  }

  /** Path of the pod spec, such as `spec.template.spec`. */
  get podPath(): string {
    return this.templatePath === '' ? 'spec' : `${this.templatePath}.spec`
  }

  get kind(): string {
    return this.resource.identity.kind
  }

  get name(): string {
    return this.resource.identity.name
  }

  /** The namespace that the pods land in. */
  get namespace(): string {
    return landingNamespace(this.resource.identity)
  }

  /** Labels of the object itself. */
  get ownLabels(): Record<string, string> {
    return asTextMap(field(this.resource.object, 'metadata', 'labels'))
  }

  /** Labels of the pods: what Services and NetworkPolicies select by. */
  get podLabels(): Record<string, string> {
    return asTextMap(field(this.template, 'metadata', 'labels'))
  }

  /** Path of the pods' labels. */
  get podLabelsPath(): string {
    return this.templatePath === '' ? 'metadata.labels' : `${this.templatePath}.metadata.labels`
  }

  /** Path of a field of the pod spec. */
  at(relative: string): string {
    return `${this.podPath}.${relative}`
  }

  /** The value below the keys of the pod spec, or undefined. */
  get(...keys: readonly string[]): Value | undefined {
    return field(this.podSpec, ...keys)
  }

  /** All containers that are objects, regular ones first. */
  get containers(): readonly Container[] {
    this.#containers ??= CONTAINER_LISTS.flatMap((list) => {
      const found: Container[] = []
      asList(this.podSpec[list]).forEach((entry, index) => {
        const spec = asMap(entry)
        if (spec !== undefined) found.push(new Container(this, list, index, spec))
      })
      return found
    })
    return this.#containers
  }

  /** The containers of the named lists. */
  containersIn(lists: readonly ContainerList[]): readonly Container[] {
    if (lists.length === CONTAINER_LISTS.length) return this.containers
    let found = this.#byLists?.get(lists)
    if (found === undefined) {
      this.#byLists ??= new Map()
      found = this.containers.filter((container) => lists.includes(container.list))
      this.#byLists.set(lists, found)
    }
    return found
  }
}

const NOTHING: ValueMap = {}
const VIEWS = new WeakMap<Resource, Workload>()

/** The workload view of a resource, or undefined when its kind has no pod template. Made once per resource. */
export function workloadOf(resource: Resource): Workload | undefined {
  const known = VIEWS.get(resource)
  if (known !== undefined) return known
  const path = templatePathOf(resource.identity.kind)
  if (path === undefined) return undefined
  const workload = new Workload(resource, asMap(field(resource.object, ...path)) ?? NOTHING, path.join('.'))
  VIEWS.set(resource, workload)
  return workload
}

function templatePathOf(kind: string): readonly string[] | undefined {
  const paths = [TEMPLATE_PATHS, SPECIAL_TEMPLATE_PATHS].find((table) => Object.hasOwn(table, kind))
  return paths?.[kind]
}

/** Where kinds without a workload view usually keep a pod template. */
const USUAL_TEMPLATES: readonly (readonly string[])[] = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'podTemplate', 'spec', 'containers'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
  ['template', 'spec', 'containers'],
]

/** True when an object of a kind that most controls do not know carries containers where pod templates usually sit. */
export function hasUnknownPodTemplate(resource: Resource): boolean {
  return (
    !Object.hasOwn(TEMPLATE_PATHS, resource.identity.kind) &&
    USUAL_TEMPLATES.some((path) => Array.isArray(field(resource.object, ...path)))
  )
}
