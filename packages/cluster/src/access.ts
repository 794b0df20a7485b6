/** How to get into a cluster: what the configuration says of server and user, secrets included. */
import type { Value } from '@kubescape/resources'

/** The server, as the configuration gives it. Paths are absolute. */
export interface ServerEntry {
  readonly server: string
  /** Certificates of the authorities that vouch for the server, in PEM; without them, those that Node.js trusts. */
  readonly caFile?: string
  readonly caData?: string
  readonly isInsecure: boolean
  /** Name to expect in the server's certificate, instead of the host of the URL. */
  readonly tlsServerName?: string
  readonly proxyUrl?: string
  readonly refusesCompression: boolean
  /** The extension `client.authentication.k8s.io/exec` of the cluster, for plugins that want to know the cluster. */
  readonly execConfig?: Value
}

/** A program that prints credentials. Source: Kubernetes, "client-go credential plugins". */
export interface ExecEntry {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly installHint?: string
  readonly givesClusterInfo: boolean
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always'
}

/** The user, as the configuration gives it. Paths are absolute. */
export interface UserEntry {
  readonly certFile?: string
  readonly certData?: string
  readonly keyFile?: string
  readonly keyData?: string
  readonly token?: string
  readonly tokenFile?: string
  readonly username?: string
  readonly password?: string
  readonly exec?: ExecEntry
  readonly authProvider?: { readonly name: string; readonly config: Readonly<Record<string, string>> }
  /** Who to act as; header names and values. */
  readonly impersonation: readonly (readonly [name: string, value: string])[]
}

/** Keeps secrets out of logs: whoever prints or serialises it sees nothing. */
export class Access {
  readonly #server: ServerEntry
  readonly #user: UserEntry

  constructor(server: ServerEntry, user: UserEntry) {
    this.#server = server
    this.#user = user
  }

  /** What it keeps. */
  reveal(): { server: ServerEntry; user: UserEntry } {
    return { server: this.#server, user: this.#user }
  }
}
