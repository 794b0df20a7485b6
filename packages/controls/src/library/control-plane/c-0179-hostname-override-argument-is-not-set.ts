/** Ensure that the --hostname-override argument is not set. */
import { eachKubelet } from '../../checks/kubelet-facts.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0179',
  name: 'Ensure that the --hostname-override argument is not set',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet uses another name than the host has. Certificates, cloud instance names and audit entries may then point to different machines.',
  repair:
    'Remove `--hostname-override` from the kubelet unit and register the node under its own name. Where the cloud provider needs the override, keep it and add an exception.',
  references: ['kubeletFlags'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    eachKubelet('kubelet-hostname-override', (kubelet) =>
      kubelet.flag('--hostname-override') === undefined ? undefined : [],
    ),
  ],
})
