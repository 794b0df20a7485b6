/** Volumes of a pod template and the mounts that use them. */
import {
  asList,
  asMap,
  asText,
  field,
  type Container,
  type Value,
  type ValueMap,
  type Workload,
} from '@kubescape/resources'

import { removal, wrong, type Finding } from '../finding.ts'
import { hasJudgedList } from './workloads.ts'

/** A volume with its path. */
export interface Volume {
  readonly name: string
  readonly spec: ValueMap
  readonly path: string
}

/** A mount of a container with its path. */
export interface Mount {
  readonly volume: string
  readonly spec: ValueMap
  readonly path: string
}

/** Several checks ask for the same lists: they are made once for each workload and container. */
const VOLUMES = new WeakMap<Workload, readonly Volume[]>()
const MOUNTS = new WeakMap<Container, readonly Mount[]>()

/** The volumes of a pod template. */
export function volumesOf(workload: Workload): readonly Volume[] {
  let volumes = VOLUMES.get(workload)
  if (volumes === undefined) {
    volumes = entriesOf(workload.podSpec['volumes']).map(({ spec, at }) => ({
      name: asText(spec['name']) ?? '',
      spec,
      path: workload.at(`volumes[${at}]`),
    }))
    VOLUMES.set(workload, volumes)
  }
  return volumes
}

/** The host path of a volume without doubled and trailing slashes, or undefined when it is another kind of volume. */
export function hostPathOf(volume: Volume): string | undefined {
  return asText(field(volume.spec, 'hostPath', 'path'))
    ?.replace(/\/+/g, '/')
    .replace(/(?<=.)\/$/, '')
}

/** The volume mounts of a container. */
export function mountsOf(container: Container): readonly Mount[] {
  let mounts = MOUNTS.get(container)
  if (mounts === undefined) {
    mounts = entriesOf(container.spec['volumeMounts']).map(({ spec, at }) => ({
      volume: asText(spec['name']) ?? '',
      spec,
      path: container.at(`volumeMounts[${at}]`),
    }))
    MOUNTS.set(container, mounts)
  }
  return mounts
}

/** The entries of a list that are mappings, with their places. */
function entriesOf(list: Value | undefined): { spec: ValueMap; at: number }[] {
  return asList(list).flatMap((entry, at) => {
    const spec = asMap(entry)
    return spec === undefined ? [] : [{ spec, at }]
  })
}

/** The volume and its mounts, one finding each, for every container that mounts anything. */
export function mountFindings(workload: Workload, volume: Volume): Finding[] {
  const containers = workload.containers.filter((each) => hasJudgedList(each) && mountsOf(each).length > 0)
  if (containers.length === 0) return []
  return [
    removal(volume.path),
    ...containers.flatMap((container) =>
      mountsOf(container).flatMap(({ volume: name, path }) =>
        name === volume.name ? [container.list === 'ephemeralContainers' ? wrong(path) : removal(path)] : [],
      ),
    ),
  ]
}
