/** The sockets to a server: straight to it, or through a proxy. */
import { Agent as PlainAgent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { connect as connectTls, getCACertificates, type ConnectionOptions } from 'node:tls'

import { connectTunnel, portOf, socketHost } from '@kubescape/cluster/http'

/** Whom to reach, and how. */
export interface Way {
  readonly server: URL
  readonly proxy?: URL | undefined
  /** Certificates to trust instead of those of Node.js and of the system, as PEM. */
  readonly authorities?: string | undefined
  /** A certificate of our own and its key, as PEM. */
  readonly client?: { readonly cert: string; readonly key: string } | undefined
  /** Ends what is on its way to a proxy: a request has no hold on it before there is a socket. */
  readonly signal?: AbortSignal | undefined
}

/** An agent for one server. Certificates are always checked. Proxies that forward plain http need no agent of their own. */
export function makeAgent({ server, proxy, authorities, client, signal }: Way): PlainAgent {
  if (server.protocol === 'http:') return proxy?.protocol === 'https:' ? new TlsAgent() : new PlainAgent()
  const ca = authorities ?? [...getCACertificates('default'), ...getCACertificates('system')]
  const agent = new TlsAgent({ ca, ...client, rejectUnauthorized: true })
  if (proxy === undefined) return agent
  agent.createConnection = (request, give) => {
    void connectTunnel({ proxy, host: socketHost(server), port: portOf(server), signal }).then(
      (socket: Socket) => give?.(null, connectTls({ ...(request as ConnectionOptions), socket })),
      (error: Error) => give?.(error, undefined as never),
    )
    return undefined
  }
  return agent
}
