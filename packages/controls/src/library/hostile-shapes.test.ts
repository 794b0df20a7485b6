/** No control may throw, whatever stands where it looks: objects come from strangers. */
import { identityOf, type Match, type Resource, type Value, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import type { Check } from '../check.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import type { Projection } from '../projection.ts'
import { LIBRARY } from './index.ts'

const VALUES: readonly Value[] = [null, '', 'text', 0, true, [], [null], ['x', [['x']], {}], {}, { a: null }]

const BODIES: readonly ValueMap[] = VALUES.flatMap((value): ValueMap[] => [
  { data: value },
  { spec: value },
  { status: value },
  { data: { APIServerInfo: value, PKIFiles: value, cmdLine: 'kubelet --config=/c', configFile: { content: value } } },
  {
    data: {
      APIServerInfo: { cmdLine: value, encryptionProviderConfigFile: value, auditPolicyFile: { content: value } },
    },
  },
  { data: { Cluster: value, cluster: value, properties: value, CNINames: value, configFile: value } },
  { spec: { containers: value, securityContext: value } },
  { spec: { containers: [{ command: value, args: value, securityContext: value }] } },
  { spec: { securityContext: { sysctls: value, windowsOptions: value, supplementalGroups: value, fsGroup: value } } },
  { spec: { containers: [{ securityContext: { capabilities: value, windowsOptions: value, procMount: value } }] } },
])

function resourcesOf(match: Match): Resource[] {
  const apiVersion = [match.groups[0], match.versions[0]].filter(Boolean).join('/')
  return match.kinds.flatMap((kind) =>
    BODIES.flatMap((body) => {
      const metadata = { name: 'kube-apiserver', namespace: 'kube-system' }
      const object: ValueMap = { apiVersion, kind, metadata, ...body }
      const identity = identityOf(object)
      return identity === undefined ? [] : [{ identity, object }]
    }),
  )
}

function readAll(each: Check | Projection<object>): void {
  for (const resource of each.match.flatMap(resourcesOf)) {
    if ('take' in each) each.take(resource)
    else if (each.shape === 'local') each.judge(resource, DEFAULT_INPUTS)
  }
}

test.each(LIBRARY.map(({ id, checks }) => [id, checks] as const))('%s reads what is not there', (_id, checks) => {
  const readers = checks.flatMap((check): readonly (Check | Projection<object>)[] =>
    check.shape === 'joined' ? check.needs : [check],
  )
  expect(() => readers.forEach(readAll)).not.toThrow()
})
