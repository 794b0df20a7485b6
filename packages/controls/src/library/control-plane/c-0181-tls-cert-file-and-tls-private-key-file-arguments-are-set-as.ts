/** Ensure that the --tls-cert-file and --tls-private-key-file arguments are set as appropriate. */
import { asksForServingCertificate, eachKubelet } from '../../checks/kubelet-facts.ts'
import { isUnset } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

const PAIRS = [
  ['--tls-cert-file', 'tlsCertFile'],
  ['--tls-private-key-file', 'tlsPrivateKeyFile'],
] as const

export default defineControl({
  id: 'C-0181',
  name: 'Ensure that the --tls-cert-file and --tls-private-key-file arguments are set as appropriate',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet is given no serving certificate and key and signs one for itself. The API server cannot verify such a certificate, so someone in between could pose as the node.',
  repair:
    'Set `tlsCertFile` and `tlsPrivateKeyFile` in the kubelet configuration, or `--tls-cert-file` and `--tls-private-key-file`. Or set `serverTLSBootstrap: true`, with which the kubelet asks the cluster for a certificate, and have the requests approved.',
  references: ['kubeletTls', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    eachKubelet('validate-kubelet-tls-configuration-updated', (kubelet) => {
      if (asksForServingCertificate(kubelet)) return undefined
      // An empty flag wins over the file as well.
      if (PAIRS.some(([flag]) => kubelet.flag(flag)?.value === '')) return []
      const lacking = PAIRS.filter(([flag]) => kubelet.flag(flag) === undefined)
      if (lacking.length === 0) return undefined
      const { config } = kubelet
      if (!kubelet.namesConfig) return []
      if (typeof config === 'string') return 'not-tested'
      return lacking.some(([, property]) => isUnset(config[property])) ? [] : undefined
    }),
  ],
})
