/** Ensure that the --anonymous-auth argument is set to false. */
import { anonymousKubelet } from '../../checks/kubelet-access.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0172',
  name: 'Ensure that the --anonymous-auth argument is set to false',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'This kubelet treats callers without credentials as `system:anonymous`. With a lax authorisation mode that is enough to read logs and run commands in the pods of the node.',
  repair:
    'Set `authentication.anonymous.enabled: false` in the file behind `--config`, or start the kubelet with `--anonymous-auth=false`. Turn `authentication.webhook.enabled` on, so that probes and metrics can use tokens.',
  references: ['kubeletAuthentication', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [anonymousKubelet],
})
