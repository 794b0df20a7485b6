/** The way to a server: its address, proxies, certificates, and the sockets that are kept. */
import type { Agent } from 'node:http'
import { createSecureContext } from 'node:tls'

import type { ServerEntry } from '../access.ts'
import { readAuthorities, trustedAuthorities } from '../auth/certificate.ts'
import type { Credential } from '../auth/credential.ts'
import { ClusterError } from '../errors.ts'
import { isForwarding, makeAgent, retire, type TlsSettings } from './agent.ts'
import { proxyAuthorization } from './connect-tunnel.ts'
import { socketHost } from './environment-proxy.ts'
import { proxyFor } from './proxies.ts'

/** What does not change with the request. */
interface Destination {
  readonly isTls: boolean
  readonly host: string
  readonly port: number
  /** Prepended to paths: the path of the server's URL, or all of it where a proxy forwards. */
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
}

/** Sockets to one server; new ones once the client certificate has changed. */
export class Route {
  readonly #entry: ServerEntry
  readonly #server: URL
  readonly #proxy: URL | undefined
  readonly #maxSockets: number
  readonly destination: Destination
  #agent: { readonly certificate: Credential['certificate']; readonly agent: Agent } | undefined
  readonly #agents: Agent[] = []

  /** Throws `ClusterError` for URLs that are none. */
  constructor(entry: ServerEntry, env: Readonly<Record<string, string | undefined>>, maxSockets: number) {
    this.#entry = entry
    this.#server = parseServer(entry.server)
    this.#proxy = findProxy(this.#server, entry.proxyUrl, env)
    this.#maxSockets = maxSockets
    this.destination = this.#destination()
  }

  /** The server and the proxy before it, for messages. */
  get peer(): { address: string; proxy: string | undefined } {
    return { address: this.#server.host, proxy: this.#proxy?.host }
  }

  /** The sockets to use with a proof. Throws `ClusterError` for certificates that cannot be read. */
  agentFor({ certificate }: Credential): Agent {
    const known = this.#agent
    if (known !== undefined && isSame(known.certificate, certificate)) return known.agent
    const agent = makeAgent({
      server: this.#server,
      proxy: this.#proxy,
      maxSockets: this.#maxSockets,
      tls: this.#server.protocol === 'https:' ? this.#tls(certificate) : undefined,
    })
    if (known !== undefined) retire(known.agent)
    this.#agent = { certificate, agent }
    this.#agents.push(agent)
    return agent
  }

  /** Closes all sockets. */
  close(): void {
    for (const agent of this.#agents) agent.destroy()
  }

  #destination(): Destination {
    const server = this.#server
    const path = server.pathname.replace(/\/+$/, '')
    if (this.#proxy !== undefined && isForwarding({ server, proxy: this.#proxy })) {
      const proxy = this.#proxy
      const headers = { Host: server.host, ...proxyAuthorization(proxy) }
      return { ...addressOf(proxy), prefix: `http://${server.host}${path}`, headers }
    }
    return { ...addressOf(server), prefix: path, headers: { Host: server.host } }
  }

  #tls(certificate: Credential['certificate']): TlsSettings {
    const { isInsecure, tlsServerName } = this.#entry
    const ca = readAuthorities(this.#entry) ?? trustedAuthorities()
    try {
      const secureContext = createSecureContext({ ca, ...certificate })
      const name = tlsServerName === undefined ? {} : { servername: tlsServerName }
      return { secureContext, rejectUnauthorized: !isInsecure, ...name }
    } catch (error) {
      const { reason = 'they cannot be read' } = error as { reason?: string }
      throw new ClusterError(
        'cluster/malformed-credentials',
        `the certificates of the context cannot be used: ${reason}`,
        { cause: error },
      )
    }
  }
}

function isSame(a: Credential['certificate'], b: Credential['certificate']): boolean {
  return a?.cert === b?.cert && a?.key === b?.key
}

function addressOf(url: URL): Pick<Destination, 'isTls' | 'host' | 'port'> {
  const isTls = url.protocol === 'https:'
  return { isTls, host: socketHost(url), port: Number(url.port || (isTls ? 443 : 80)) }
}

function parseServer(text: string): URL {
  const server = URL.parse(text)
  if (server !== null && /^https?:$/.test(server.protocol)) return server
  throw new ClusterError('cluster/malformed-configuration', `the server of the cluster is no URL: ${text}`, {
    hint: 'It begins with https://.',
  })
}

function findProxy(
  server: URL,
  proxyUrl: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): URL | undefined {
  try {
    return proxyFor(server, proxyUrl, env)
  } catch {
    // The URL may hold a password.
    throw new ClusterError(
      'cluster/malformed-configuration',
      'the proxy for the cluster is no URL of a kind that is known',
      {
        hint: 'Known are http://, https:// and socks5://; see proxy-url of the cluster, HTTPS_PROXY and HTTP_PROXY.',
      },
    )
  }
}
