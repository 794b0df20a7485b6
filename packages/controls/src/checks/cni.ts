/** Checks of the network plug-ins that nodes report. */
import { asTexts, field } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { nodeFacts } from './node-facts.ts'

/** A check of the names of a node's network plug-ins, in lower case. Nodes that report no list are not tested. */
export function eachPluginList(name: string, isBad: (plugins: readonly string[]) => boolean): LocalCheck {
  return {
    shape: 'local',
    name,
    match: nodeFacts('CNIInfo'),
    judge({ object }) {
      const names = field(object, 'data', 'CNINames')
      if (!Array.isArray(names)) return 'not-tested'
      return isBad(asTexts(names).map((each) => each.toLowerCase())) ? [] : undefined
    },
  }
}
