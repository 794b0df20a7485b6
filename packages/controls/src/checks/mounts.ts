/** Objects of other kinds that a workload mounts: one factory for Secrets, ConfigMaps and volume claims. */
import { asText, field, landingNamespace, WORKLOADS, workloadOf, type Match } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { removal, type Finding } from '../finding.ts'
import { index, projection } from '../projection.ts'
import { mountsOf, volumesOf } from './volumes.ts'
import { REGULAR } from './workloads.ts'

/**
 * Fails workloads that mount an object of `kind` that is in the input.
 * @param source where a volume names the object, such as `secret.secretName`
 */
export function mountsObject(name: string, kind: Match, source: readonly [string, string]): JoinedCheck {
  const objects = projection(`mounted-${source[0]}`, [kind], (resource) => ({
    key: `${landingNamespace(resource.identity)}/${resource.identity.name}`,
  }))
  const byKey = index(objects, (row) => [row.key])
  const mounting = projection(`mounts-of-${source[0]}`, WORKLOADS, (resource) => {
    const workload = workloadOf(resource)
    if (workload === undefined) return undefined
    const mounts = volumesOf(workload).flatMap((volume) => {
      const object = asText(field(volume.spec, ...source))
      const findings: Finding[] =
        object === undefined
          ? []
          : workload
              .containersIn(REGULAR)
              .flatMap(mountsOf)
              .filter((mount) => mount.volume === volume.name)
              .map((mount) => removal(mount.path))
      return object === undefined || findings.length === 0 ? [] : [{ key: `${workload.namespace}/${object}`, findings }]
    })
    return mounts.length === 0 ? undefined : { mounts }
  })
  return {
    shape: 'joined',
    name,
    match: [...WORKLOADS, kind],
    tests: 'matched',
    needs: [objects, mounting],
    across: [],
    *judge(tables): Generator<Outcome> {
      for (const row of tables.rows(mounting)) {
        const there = row.mounts.filter((mount) => tables.find(byKey, mount.key).length > 0)
        if (there.length === 0) continue
        const related = new Set(there.flatMap((mount) => tables.find(byKey, mount.key).map((object) => object.ref)))
        yield {
          subject: row.ref,
          findings: there.flatMap((mount) => mount.findings),
          related: [...related].map((ref) => ({ ref, findings: [] })),
        }
      }
    },
  }
}
