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
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'sudo-in-container-entrypoint', lists: REGULAR }, (container) =>
      asTexts(container.get('command')).flatMap((word, at) =>
        /\bsudo\b/.test(word) ? [review(container.at(`command[${at}]`))] : [],
      ),
    ),],
})
