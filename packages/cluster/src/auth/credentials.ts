/** How a user of the configuration proves who it is. */
import type { ServerEntry, UserEntry } from '../access.ts'
import { readCertificate } from './certificate.ts'
import { bearer, type Credential, type Credentials } from './credential.ts'
import { runExecPlugin, type ExecOptions } from './exec-plugin.ts'
import { oidcCredential } from './oidc.ts'
import { Renewable } from './renewable.ts'
import { TokenFile } from './token-file.ts'

/**
 * The credentials of a user. A token beats name and password, these beat a plugin, as in kubectl; a client certificate of the
 * configuration goes with any of them.
 */
export function credentialsOf(user: UserEntry, server: ServerEntry, options: ExecOptions): Credentials {
  const proof = withoutCertificate(user, server, options)
  const { certFile, certData, keyFile, keyData } = user
  if ([certFile, certData, keyFile, keyData].every((part) => part === undefined)) return proof
  return new WithCertificate(proof, user)
}

function withoutCertificate(user: UserEntry, server: ServerEntry, options: ExecOptions): Credentials {
  const { token, tokenFile, username, password = '', exec, authProvider } = user
  if (tokenFile !== undefined) return new TokenFile(tokenFile, token)
  if (token !== undefined) return new Fixed({ authorization: bearer(token) })
  if (username !== undefined) {
    const pair = Buffer.from(`${username}:${password}`).toString('base64')
    return new Fixed({ authorization: `Basic ${pair}` })
  }
  if (exec !== undefined) return new Renewable((signal) => runExecPlugin(exec, server, options, signal))
  if (authProvider !== undefined) return new Renewable((signal) => oidcCredential(authProvider, options.env, signal))
  return new Fixed({})
}

/** Nothing that could be renewed. */
class Fixed implements Credentials {
  readonly #credential: Credential

  constructor(credential: Credential) {
    this.#credential = credential
  }

  get(): Promise<Credential> {
    return Promise.resolve(this.#credential)
  }

  forget(): boolean {
    return false
  }
}

/** A client certificate beside another proof; its files are read again once the server refuses it. */
class WithCertificate implements Credentials {
  readonly #proof: Credentials
  readonly #user: UserEntry
  #certificate: Credential['certificate']

  constructor(proof: Credentials, user: UserEntry) {
    this.#proof = proof
    this.#user = user
  }

  async get(signal: AbortSignal): Promise<Credential> {
    const proof = await this.#proof.get(signal)
    this.#certificate ??= readCertificate(this.#user)
    return { ...proof, certificate: this.#certificate }
  }

  forget(refused: Credential): boolean {
    const others = this.#proof.forget(refused)
    const renewed = readCertificate(this.#user)
    const isNew = renewed.cert !== refused.certificate?.cert
    this.#certificate = renewed
    return others || isNew
  }
}
