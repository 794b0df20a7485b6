/** Factory of checks on settings of the kubelet: a flag on the command line wins over the configuration file. */
import { field, type Value } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { wrong } from '../finding.ts'
import { eachKubelet } from './kubelet-facts.ts'

/** One setting of the kubelet, as a flag and as a property of the configuration file. */
export interface KubeletSetting {
  readonly name: string
  /** With its two dashes; none where only the file counts. */
  readonly flag?: string
  /** True for a bad value of the flag; undefined is a flag that stands alone. */
  readonly isBadFlag?: (value: string | undefined) => boolean
  /** Paths of the property in the file; the first that is set counts. */
  readonly properties: readonly string[]
  readonly isBadProperty: (value: Value | undefined) => boolean
  /** What the kubelet's default means where neither flag nor file is given. */
  readonly neither: 'fails' | 'passes'
  /** A file that the node sent counts, even if the command line does not name it. */
  readonly takesAnyFile?: true
  /** A file that the node names but did not send fails, unless it says nothing about this setting. */
  readonly unsent?: 'fails' | 'not-tested'
}

/** Judges the flag if it is given, else the file that the command line names, else the default. */
export function kubeletSetting(setting: KubeletSetting): LocalCheck {
  const { flag, isBadFlag = () => false, properties, isBadProperty, unsent = 'fails' } = setting
  return eachKubelet(setting.name, (kubelet) => {
    const use = flag === undefined ? undefined : kubelet.flag(flag)
    if (use !== undefined) return isBadFlag(use.value) ? [] : undefined
    const { config } = kubelet
    const hasFile = kubelet.namesConfig || (setting.takesAnyFile && config !== 'absent')
    if (!hasFile) return setting.neither === 'fails' ? [] : undefined
    if (config === 'absent') return unsent === 'fails' ? [] : 'not-tested'
    if (config === 'unreadable') return 'not-tested'
    const valueAt = (property: string): Value | undefined => field(config, ...property.split('.'))
    const property = properties.find((each) => valueAt(each) !== undefined) ?? properties[0] ?? ''
    return isBadProperty(valueAt(property)) ? [wrong(property)] : undefined
  })
}

/** True for a property that names nothing: absent, null, false or empty. */
export function isUnset(value: Value | undefined): boolean {
  return value === undefined || value === null || value === false || value === ''
}
