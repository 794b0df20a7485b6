/** Ensure that the --protect-kernel-defaults argument is set to true. */
import { booleanOf } from '../../checks/command-flags.ts'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0177',
  name: 'Ensure that the --protect-kernel-defaults argument is set to true',
  baseScore: 2,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet changes kernel parameters that differ from what it expects, and does not refuse to start. Hardened settings of the node can be lost without a word.',
  repair:
    'Set the sysctls that the kubelet expects in `/etc/sysctl.d` first, such as `vm.overcommit_memory=1` and `kernel.panic=10`, and then `protectKernelDefaults: true` or `--protect-kernel-defaults=true`; otherwise the kubelet does not start.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-protect-kernel-defaults',
      flag: '--protect-kernel-defaults',
      isBadFlag: (value) => booleanOf(value) !== true,
      properties: ['protectKernelDefaults'],
      isBadProperty: (value) => value !== true,
      neither: 'fails',
    }),
  ],
})
