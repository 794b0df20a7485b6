/** Ensure that the --authorization-mode argument is not set to AlwaysAllow. */
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0173',
  name: 'Ensure that the --authorization-mode argument is not set to AlwaysAllow',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet grants every request that it has authenticated, or has no authorisation mode set while the flag defaults to `AlwaysAllow`. Any identity known to the node may run commands in its pods.',
  repair:
    'Set `authorization.mode: Webhook` in the kubelet configuration file, or `--authorization-mode=Webhook`. The kubelet then asks the API server, so give metrics collectors a role for `nodes/metrics`.',
  references: ['kubeletAuthentication', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-authorization-mode-alwaysAllow',
      flag: '--authorization-mode',
      isBadFlag: (value) => value === 'AlwaysAllow',
      properties: ['authorization.mode'],
      isBadProperty: (value) => value === 'AlwaysAllow',
      neither: 'fails',
    }),
  ],
})
