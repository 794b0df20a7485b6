/** What node facts say of a kubelet: its command line and its configuration file. */
import { asText, field, type Resource, type ValueMap } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import { booleanOf, usesOf } from './command-flags.ts'
import { readContent } from './embedded-documents.ts'
import { nodeFacts } from './node-facts.ts'

/** A kubelet as its node reports it. */
export interface Kubelet {
  /** The last value of a flag: the use is undefined where the flag is not given, its value where it stands alone. */
  flag(name: string): { readonly value: string | undefined } | undefined
  /** True when the command line names a configuration file, or a directory of them, which node facts send as one file. */
  readonly namesConfig: boolean
  /** The configuration file; `absent` where the node did not send it, `unreadable` where it is no YAML mapping. */
  readonly config: ValueMap | 'absent' | 'unreadable'
}

/** A check of kubelets. Facts without a command line are not tested. */
export function eachKubelet(name: string, judge: (kubelet: Kubelet) => Judgement): LocalCheck {
  return {
    shape: 'local',
    name,
    match: nodeFacts('KubeletInfo'),
    judge(resource) {
      const kubelet = kubeletOf(resource)
      return kubelet === undefined ? 'not-tested' : judge(kubelet)
    },
  }
}

/** True when the kubelet gets its serving certificate from the cluster. */
export function asksForServingCertificate(kubelet: Kubelet): boolean {
  const { config } = kubelet
  const use = kubelet.flag('--rotate-server-certificates')
  if (use !== undefined) return booleanOf(use.value) !== false
  return typeof config !== 'string' && config['serverTLSBootstrap'] === true
}

/** The kubelet of a KubeletInfo object; undefined when its command line is missing. */
function kubeletOf(resource: Resource): Kubelet | undefined {
  const text = asText(field(resource.object, 'data', 'cmdLine'))
  if (text === undefined) return undefined
  const items = [{ text, path: 'data.cmdLine' }]
  const content = field(resource.object, 'data', 'configFile', 'content') ?? undefined
  return {
    flag: (name) => usesOf(items, name).at(-1),
    namesConfig: ['--config', '--config-dir'].some((name) => usesOf(items, name).length > 0),
    config: content === undefined ? 'absent' : (readContent(content) ?? 'unreadable'),
  }
}
