/** Volumes of a pod template and the mounts that use them. */
import { asList, asMap, asText, field, type Container, type ValueMap, type Workload } from '@kubescape/resources'

import { removal, type Finding } from '../finding.ts'
import { REGULAR_AND_INIT } from './workloads.ts'

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

/** The volumes of a pod template. */
export function volumesOf(workload: Workload): Volume[] {
  const volumes: Volume[] = []
  asList(workload.podSpec['volumes']).forEach((entry, at) => {
    const spec = asMap(entry)
    if (spec !== undefined)
      volumes.push({ name: asText(spec['name']) ?? '', spec, path: workload.at(`volumes[${at}]`) })
  })
  return volumes
}

/** The host path of a volume, or undefined when it is another kind of volume. */
export function hostPathOf(volume: Volume): string | undefined {
  return asText(field(volume.spec, 'hostPath', 'path'))
}

/** The volume mounts of a container. */
export function mountsOf(container: Container): Mount[] {
  const mounts: Mount[] = []
  asList(container.spec['volumeMounts']).forEach((entry, at) => {
    const spec = asMap(entry)
    if (spec === undefined) return
    mounts.push({ volume: asText(spec['name']) ?? '', spec, path: container.at(`volumeMounts[${at}]`) })
  })
  return mounts
}

/** The volume and its mounts, one finding each, for every container that mounts anything. */
export function mountFindings(workload: Workload, volume: Volume): Finding[] {
  const mounts = workload.containersIn(REGULAR_AND_INIT).map(mountsOf)
  if (mounts.every((list) => list.length === 0)) return []
  return [
    removal(volume.path),
    ...mounts.flat().flatMap((mount) => (mount.volume === volume.name ? [removal(mount.path)] : [])),
  ]
}
