/** Verify that the RotateKubeletServerCertificate argument is set to true. */
import { listOf } from '../../checks/command-flags.ts'
import { asksForServingCertificate, eachKubelet } from '../../checks/kubelet-facts.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0183',
  name: 'Verify that the RotateKubeletServerCertificate argument is set to true',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet does not ask the cluster for its serving certificate. It makes a self-signed one, which clients cannot verify and nobody renews.',
  repair:
    'Set `serverTLSBootstrap: true` in the kubelet configuration, or `--rotate-server-certificates=true`, and approve the requests with `kubectl certificate approve` or an approver that checks the addresses.',
  references: ['kubeletTls', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    eachKubelet('kubelet-rotate-kubelet-server-certificate', (kubelet) => {
      if (asksForServingCertificate(kubelet)) return undefined
      const flag = kubelet.flag('--rotate-server-certificates')
      if (flag === undefined && kubelet.config === 'unreadable') return 'not-tested'
      return listOf(kubelet.flag('--feature-gates')?.value).includes('RotateKubeletServerCertificate=true')
        ? undefined
        : []
    }),
  ],
})
