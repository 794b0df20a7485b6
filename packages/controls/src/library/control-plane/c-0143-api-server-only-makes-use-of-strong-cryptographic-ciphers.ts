/** Ensure that the API Server only makes use of Strong Cryptographic Ciphers. */
import { listOf } from '../../checks/command-flags.ts'
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { missing, replacement } from '../../finding.ts'

/** What the benchmark asks to be listed, in its order. */
const SUITES = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
]

export default defineControl({
  id: 'C-0143',
  name: 'Ensure that the API Server only makes use of Strong Cryptographic Ciphers',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The cipher suites of the API server are left to the default of its Go version, or the list leaves out some that the benchmark names. Fixing them keeps an upgrade from changing what clients may negotiate.',
  repair:
    'Set `--tls-cipher-suites` to the list that the suggested fix shows. It holds CBC and 3DES suites because the benchmark asks for all of them; if you drop those, which is stronger, add an exception.',
  references: ['apiServerFlags'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers',
        component: API_SERVER,
        flag: '--tls-cipher-suites',
      },
      (uses, line) => {
        const last = uses.at(-1)
        if (last === undefined) return [missing(line.end(0), `--tls-cipher-suites=${SUITES.join(',')}`)]
        const listed = uses.flatMap(({ value }) => listOf(value))
        const lacking = SUITES.filter((suite) => !listed.includes(suite))
        return lacking.length === 0
          ? []
          : [replacement(last.path, last.withValue([...listOf(last.value), ...lacking].join(',')))]
      },
    ),
  ],
})
