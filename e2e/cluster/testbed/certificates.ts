/** Certificates of a cluster: authorities of its own, and what they sign. Made by openssl 3. */
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Paths of a certificate and its key, both PEM. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

/** Who a client certificate speaks for. */
export interface Identity {
  readonly user: string
  readonly groups: readonly string[]
}

/** Names under which the servers of a cluster are reached, the address of the Service `kubernetes` among them. */
const SERVER_NAMES = ['DNS:localhost', 'DNS:kubernetes.default.svc', 'IP:127.0.0.1', 'IP:10.0.0.1']

/** Replaces the system's own settings, which differ between distributions. */
const CONFIG = `[req]
distinguished_name = names
prompt = no
[names]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${SERVER_NAMES.join(', ')}
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
`

const run = promisify(execFile)

/** Makes certificates and keys in one folder. Every name is used once. */
export class CertificateFolder {
  readonly #folder: string
  readonly #config: string

  constructor(folder: string) {
    this.#folder = folder
    this.#config = join(folder, 'openssl.cnf')
    writeFileSync(this.#config, CONFIG)
  }

  /** A certificate that may sign others. */
  async authority(name: string): Promise<KeyPair> {
    return this.#make(name, 'authority', { user: name, groups: [] })
  }

  /** A certificate for servers on this machine. */
  async server(name: string, authority: KeyPair): Promise<KeyPair> {
    return this.#make(name, 'server', { user: name, groups: [] }, authority)
  }

  /** A certificate for a user in groups. */
  async client(name: string, authority: KeyPair, identity: Identity): Promise<KeyPair> {
    return this.#make(name, 'client', identity, authority)
  }

  /** A key for tokens: `certificate` is its public half, which has no certificate. */
  tokenKey(name: string): KeyPair {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const paths = this.#paths(name)
    writeFileSync(paths.certificate, publicKey.export({ type: 'spki', format: 'pem' }))
    writeFileSync(paths.key, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 })
    return paths
  }

  async #make(name: string, extensions: string, { user, groups }: Identity, authority?: KeyPair): Promise<KeyPair> {
    const { certificate, key } = this.#paths(name)
    const subject = [...groups.map((group) => `/O=${escaped(group)}`), `/CN=${escaped(user)}`].join('')
    const signing = authority ? ['-CA', authority.certificate, '-CAkey', authority.key] : []
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc']
    const kind = ['-config', this.#config, '-extensions', extensions, '-days', '7', '-utf8']
    await run('openssl', [
      'req',
      '-x509',
      ...curve,
      ...kind,
      ...signing,
      '-subj',
      subject,
      '-keyout',
      key,
      '-out',
      certificate,
    ])
    return { certificate, key }
  }

  #paths(name: string): KeyPair {
    return { certificate: join(this.#folder, `${name}.crt`), key: join(this.#folder, `${name}.key`) }
  }
}

/** A name for `-subj`, in which slashes part the fields, and a plus sign joins two of them. */
function escaped(name: string): string {
  return name.replaceAll(/[\\/+]/g, String.raw`\$&`)
}
