/** Ensure that the API Server only makes use of Strong Cryptographic Ciphers. */
import { listOf } from '../../checks/command-flags.ts'
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { missing, replacement } from '../../finding.ts'

const WEAK = new Set([
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
  'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_RC4_128_SHA',
])

/** Suites for TLS 1.2; those of TLS 1.3 cannot be chosen. */
const STRONG = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
].join(',')

export default defineControl({
  id: 'C-0277',
  name: 'Ensure that the API Server only makes use of Strong Cryptographic Ciphers',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server may negotiate suites with RC4, 3DES, CBC with SHA-256 or plain RSA key exchange, or the choice is left to its default. Recorded traffic can then be decrypted once a key leaks.',
  repair:
    'Take the weak names out of `--tls-cipher-suites`, or set it to suites with ECDHE and AES-GCM or ChaCha20. Check first that old clients and webhooks can use them.',
  references: ['apiServerFlags'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers-cis1-10',
        component: API_SERVER,
        flag: '--tls-cipher-suites',
      },
      (uses, line) => {
        const last = uses.at(-1)
        if (last === undefined) return [missing(line.end(0), `--tls-cipher-suites=${STRONG}`)]
        if (uses.every(({ value }) => listOf(value).length === 0)) {
          return [replacement(last.path, last.withValue(STRONG))]
        }
        return uses.flatMap((use) => {
          const listed = listOf(use.value)
          const kept = listed.filter((suite) => !WEAK.has(suite))
          return kept.length === listed.length ? [] : [replacement(use.path, use.withValue(kept.join(',') || STRONG))]
        })
      },
    ),
  ],
})
