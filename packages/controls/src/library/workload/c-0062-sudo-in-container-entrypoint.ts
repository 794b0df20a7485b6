/** Sudo in container entrypoint. */
import { asList, asText } from '@kubescape/resources'
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** The program by itself or with its folder, also within a line for a shell; no part of a longer name, flag or path. */
const SUDO = /(?<![\w.:=-])sudo(?![\w./:=-])/

export default defineControl({
  id: 'C-0062',
  name: 'Sudo in container entrypoint',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The command line of the container calls `sudo`. The image then contains a tool for becoming root and the container must allow privilege escalation, which an intruder can use as well.',
  repair:
    'Remove `sudo` from `command`, `args` and the image. Do set-up that needs root while building the image or in an init container, and give the main container the user and the single capability that it needs by `securityContext.runAsUser` and `capabilities.add`.',
  references: ['securityContext', 'podSecurityStandards'],
  checks: [
    eachContainer({ name: 'sudo-in-container-entrypoint', lists: EVERY_LIST }, (container) =>
      ['command', 'args'].flatMap((list) =>
        asList(container.get(list)).flatMap((word, at) =>
          SUDO.test(asText(word) ?? '') ? [review(container.at(`${list}[${at}]`))] : [],
        ),
      ),
    ),
  ],
})
