/** Objects of other kinds that a workload mounts: one factory for Secrets, ConfigMaps and volume claims. */
import { asList, asText, field, landingNamespace, WORKLOADS, workloadOf, type Match } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { removal } from '../finding.ts'
import { index, metadataProjection, projection } from '../projection.ts'
import { mountsOf, volumesOf, type Volume } from './volumes.ts'
import { REGULAR_AND_INIT } from './workloads.ts'

/**
 * Fails workloads that mount an object of `kind` that is in the input.
 * @param source where a volume names the object, such as `secret.secretName`
 */
export function mountsObject(name: string, kind: Match, source: readonly [string, string]): JoinedCheck {
  const objects = metadataProjection(`mounted-${source[0]}`, [kind], (resource) => ({
    key: `${landingNamespace(resource.identity)}/${resource.identity.name}`,
  }))
  const byKey = index(objects, (row) => [row.key])
  const mounting = projection(`mounts-of-${source[0]}`, WORKLOADS, (resource) => {
    const workload = workloadOf(resource)
    if (workload === undefined) return undefined
    const mounts = volumesOf(workload).flatMap((volume) => {
      const names = namesIn(volume, source)
      if (names.length === 0) return []
      const findings = workload
        .containersIn(REGULAR_AND_INIT)
        .flatMap(mountsOf)
        .filter((mount) => mount.volume === volume.name)
        .map((mount) => removal(mount.path))
      return findings.length === 0 ? [] : names.map((object) => ({ key: `${workload.namespace}/${object}`, findings }))
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
          findings: [...new Set(there.flatMap((mount) => mount.findings))],
          related: [...related].map((ref) => ({ ref, findings: [] })),
        }
      }
    },
  }
}

/** Certificates that clusters put into each pod beside its token: they are public. */
const PUBLIC = ['kube-root-ca.crt', 'openshift-service-ca.crt']

/** The objects that a volume shows: by itself, or among the sources of a projected volume. */
function namesIn({ spec }: Volume, source: readonly [string, string]): string[] {
  const named = asText(field(spec, ...source))
  const projected = asList(field(spec, 'projected', 'sources')).flatMap(
    (each) => asText(field(each, source[0], 'name')) ?? [],
  )
  return [...(named === undefined ? [] : [named]), ...projected.filter((name) => !PUBLIC.includes(name))]
}
