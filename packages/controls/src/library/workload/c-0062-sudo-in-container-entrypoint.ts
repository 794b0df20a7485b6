/** Sudo in container entrypoint. */
import { asTexts } from '@kubescape/resources'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0062',
  name: 'Sudo in container entrypoint',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The command of the container calls `sudo`. The image then contains a tool for becoming root and the container must allow privilege escalation, which an intruder can use as well.',
  repair:
    'Remove `sudo` from `command` and from the image. Do set-up that needs root while building the image or in an init container, and give the main container the user and the single capability that it needs by `securityContext.runAsUser` and `capabilities.add`.',
  references: ['securityContext', 'podSecurityStandards'],
  checks: [
    eachContainer({ name: 'sudo-in-container-entrypoint', lists: REGULAR }, (container) =>
      asTexts(container.get('command')).flatMap((word, at) =>
        /\bsudo\b/.test(word) ? [review(container.at(`command[${at}]`))] : [],
      ),
    ),
  ],
})
