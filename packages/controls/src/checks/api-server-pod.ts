/** Checks of the Pod of the API server, found by its name whatever starts the program in it. */
import { asList, asMap, field } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import { PODS, readCommandLine, type CommandLine } from './component-pods.ts'

const NAME = /apiserver|api-server/
/** Pods of aggregated API servers have such names too; this program tells the main one. */
const PROGRAM = /kube-?api-?server|hyperkube/

/** A check of every Pod of the API server in `kube-system`. */
export function eachApiServerPod(name: string, judge: (line: CommandLine) => Judgement): LocalCheck {
  return {
    shape: 'local',
    name,
    match: PODS,
    isAboutPlatform: true,
    judge({ identity, object }) {
      if (identity.namespace !== 'kube-system' || !NAME.test(identity.name)) return 'not-tested'
      const container = asMap(asList(field(object, 'spec', 'containers'))[0])
      if (!Array.isArray(container?.['command'])) return 'not-tested'
      const line = readCommandLine(container)
      return [identity.name, ...line.items.map(({ text }) => text)].some((text) => PROGRAM.test(text))
        ? judge(line)
        : 'not-tested'
    },
  }
}
