/** Directories of nodes in which clouds keep the credentials of the node, mounted into workloads. */
import { asText, field, matching, WORKLOADS, workloadOf } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import type { Finding } from '../finding.ts'
import type { ControlInputs } from '../inputs.ts'
import { projection, type Tables } from '../projection.ts'
import { CLOUD_GROUPS, type CloudProvider } from './cloud.ts'
import { hostPathOf, mountFindings, volumesOf } from './volumes.ts'

/** Files and directories that hold credentials, per provider; the root of the node holds all of them. */
const CREDENTIALS: Readonly<Record<CloudProvider, readonly string[]>> = {
  eks: ['/.aws', '/.aws/config', '/.aws/credentials'],
  aks: ['/etc', '/etc/kubernetes', '/etc/kubernetes/azure.json', '/.azure', '/.azure/credentials'],
  gke: [
    '/.config/gcloud',
    '/.config',
    '/gcloud',
    '/.config/gcloud/application_default_credentials.json',
    '/gcloud/application_default_credentials.json',
  ],
}

/** How `spec.providerID` of a Node begins. */
const NODE_PREFIXES: readonly (readonly [string, CloudProvider])[] = [
  ['aws:', 'eks'],
  ['azure:', 'aks'],
  ['gce:', 'gke'],
]

const nodes = projection('clouds-of-nodes', [matching('v1', 'Node')], (resource) => {
  const id = asText(field(resource.object, 'spec', 'providerID')) ?? ''
  const provider = NODE_PREFIXES.find(([prefix]) => id.startsWith(prefix))?.[1]
  return provider === undefined ? undefined : { provider }
})

const descriptions = projection('clouds-of-descriptions', [matching('*', 'ClusterDescribe')], (resource) => {
  const provider = Object.entries(CLOUD_GROUPS).find(([, group]) => group === resource.identity.group)?.[0]
  return provider === undefined ? undefined : { provider: provider as CloudProvider }
})

const mounting = projection('mounts-of-node-credentials', WORKLOADS, (resource) => {
  const workload = workloadOf(resource)
  if (workload === undefined) return undefined
  return {
    volumes: volumesOf(workload).flatMap((volume): { path: string; findings: readonly Finding[] }[] => {
      const path = hostPathOf(volume)
      return path === undefined ? [] : [{ path, findings: mountFindings(workload, volume) }]
    }),
  }
})

/** Fails workloads that mount credentials of the node; nothing is tested where the cloud is not known. */
export const mountsNodeCredentials: JoinedCheck = {
  shape: 'joined',
  name: 'alert-mount-potential-credentials-paths',
  match: WORKLOADS,
  tests: 'reported',
  needs: [mounting, nodes, descriptions],
  across: [],
  *judge(tables, inputs): Generator<Outcome> {
    const providers = providersOf(tables, inputs)
    if (providers.length === 0) return
    const places = new Set(['/', ...providers.flatMap((provider) => CREDENTIALS[provider])])
    for (const { ref, volumes } of tables.rows(mounting)) {
      const findings = volumes.flatMap((volume) => (places.has(volume.path) ? volume.findings : []))
      yield findings.length === 0 ? { subject: ref } : { subject: ref, findings }
    }
  },
}

function providersOf(tables: Tables, { cloudProvider }: ControlInputs): CloudProvider[] {
  if (cloudProvider) return cloudProvider in CREDENTIALS ? [cloudProvider as CloudProvider] : []
  return [...tables.rows(nodes), ...tables.rows(descriptions)].map(({ provider }) => provider)
}
