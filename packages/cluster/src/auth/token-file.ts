/** A token in a file that others renew: the service account of a Pod. */
import { statSync } from 'node:fs'

import { readCredentialFile } from './certificate.ts'
import { bearer, type Credential, type Credentials } from './credential.ts'

/** Reads the file again whenever it has changed; a file that is gone for a moment does not matter. */
export class TokenFile implements Credentials {
  readonly #path: string
  #stamp = ''
  #token: string | undefined

  /** `fallback` is the token of the configuration, for as long as the file cannot be read. */
  constructor(path: string, fallback?: string) {
    this.#path = path
    this.#token = fallback
  }

  async get(): Promise<Credential> {
    return { authorization: bearer(this.#read()) }
  }

  forget({ authorization }: Credential): boolean {
    this.#stamp = ''
    return bearer(this.#read()) !== authorization
  }

  #read(): string {
    const stamp = this.#lookAt()
    if (this.#token !== undefined && (stamp === undefined || stamp === this.#stamp)) return this.#token
    this.#token = readCredentialFile(this.#path, 'tokenFile')
    this.#stamp = stamp ?? ''
    return this.#token
  }

  /** Kubernetes renews the file by another one in its place, so size and time alone would not do. */
  #lookAt(): string | undefined {
    const stats = statSync(this.#path, { throwIfNoEntry: false, bigint: true })
    return stats === undefined ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeNs}`
  }
}
