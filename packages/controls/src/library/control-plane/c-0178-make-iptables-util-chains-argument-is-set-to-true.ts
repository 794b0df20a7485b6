/** Ensure that the --make-iptables-util-chains argument is set to true. */
import { booleanOf } from '../../checks/command-flags.ts'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0178',
  name: 'Ensure that the --make-iptables-util-chains argument is set to true',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet is not told to keep its iptables chains. Without them rules of the node and of kube-proxy can get out of step, and traffic may pass that should be dropped.',
  repair:
    'Set `makeIPTablesUtilChains: true` in the kubelet configuration file, or remove `--make-iptables-util-chains=false`.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-ip-tables',
      flag: '--make-iptables-util-chains',
      isBadFlag: (value) => booleanOf(value) !== true,
      properties: ['makeIPTablesUtilChains'],
      isBadProperty: (value) => (value ?? true) !== true,
      neither: 'passes',
    }),
  ],
})
