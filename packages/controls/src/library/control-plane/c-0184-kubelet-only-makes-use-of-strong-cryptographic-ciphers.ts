/** Ensure that the Kubelet only makes use of Strong Cryptographic Ciphers. */
import { asText, asTexts } from '@kubescape/resources'
import { listOf } from '../../checks/command-flags.ts'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

/** What the benchmark lists, and the suites of TLS 1.3, which are all strong. */
const STRONG = new Set([
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
])

function hasWeak(suites: readonly string[]): boolean {
  return suites.some((suite) => !STRONG.has(suite))
}

export default defineControl({
  id: 'C-0184',
  name: 'Ensure that the Kubelet only makes use of Strong Cryptographic Ciphers',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet accepts TLS suites outside of the strong ones, or no list is set. Logs and exec sessions that travel to the API server could be read with broken ciphers.',
  repair:
    'List only suites with AES-GCM or ChaCha20 in `tlsCipherSuites` of the kubelet configuration, for instance `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`, or in `--tls-cipher-suites`, and restart the kubelet.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-strong-cryptographics-ciphers',
      flag: '--tls-cipher-suites',
      isBadFlag: (value) => !value || hasWeak(listOf(value)),
      properties: ['tlsCipherSuites', 'TLSCipherSuites'],
      isBadProperty: (value) => hasWeak(Array.isArray(value) ? asTexts(value) : listOf(asText(value))),
      neither: 'fails',
      unsent: 'not-tested',
    }),
  ],
})
