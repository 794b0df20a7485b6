/** Whether the audit policy of the API server covers what matters. */
import { asList, asMap, asText, asTexts, field, type ValueMap } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { usesOf } from './command-flags.ts'
import { readContent } from './embedded-documents.ts'
import { nodeFacts } from './node-facts.ts'

/** Bodies of these requests hold secrets, so only their metadata may be recorded. */
const METADATA_ONLY = ['secrets', 'configmaps', 'tokenreviews']
/** Requests for these have to be recorded at some level. */
const RECORDED = ['pods', 'deployments', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy']

/** Fails control plane nodes whose API server has no audit policy, or one with gaps. */
export const auditPolicyGaps: LocalCheck = {
  shape: 'local',
  name: 'audit-policy-content',
  match: nodeFacts('ControlPlaneInfo'),
  judge({ object }) {
    const server = asMap(field(object, 'data', 'APIServerInfo'))
    const text = asText(server?.['cmdLine'])
    if (text === undefined) return 'not-tested'
    if (usesOf([{ text, path: '' }], '--audit-policy-file').length === 0) return []
    const policy = readContent(field(server, 'auditPolicyFile', 'content'))
    if (policy === undefined) return 'not-tested'
    return hasGaps(policy) ? [] : undefined
  },
}

function hasGaps(policy: ValueMap): boolean {
  const rules = asList(policy['rules'])
  const levelsOf = (resource: string): (string | undefined)[] =>
    rules
      .filter((rule) =>
        asList(field(rule, 'resources')).some((group) => asTexts(field(group, 'resources')).includes(resource)),
      )
      .map((rule) => asText(field(rule, 'level')))
  const isCovered = (resource: string, isGood: (level: string | undefined) => boolean): boolean => {
    const levels = levelsOf(resource)
    return levels.length > 0 && levels.every(isGood)
  }
  return !(
    METADATA_ONLY.every((resource) => isCovered(resource, (level) => level === 'Metadata')) &&
    RECORDED.every((resource) => isCovered(resource, (level) => level !== undefined && level !== 'None'))
  )
}
