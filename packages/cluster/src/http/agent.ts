/** Connections that are kept for further requests, directly or through a proxy. */
import { Agent as PlainAgent, type AgentOptions } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions, type SecureContext } from 'node:tls'

import { socketHost } from './environment-proxy.ts'
import { openTunnel } from './tunnel.ts'

/** How sockets to the server are made. */
export interface AgentSettings {
  readonly server: URL
  readonly proxy: URL | undefined
  readonly maxSockets: number
  readonly tls: TlsSettings | undefined
}

/** Whom to trust, and who to be; undefined where the server does not speak TLS. */
export interface TlsSettings {
  readonly secureContext: SecureContext
  readonly rejectUnauthorized: boolean
  readonly servername?: string
}

/** What a request adds for the socket that may have to be made for it. */
export interface SocketRequest {
  readonly cancel?: AbortSignal
}

/** Sends keep-alive probes as kubectl does, sooner than load balancers drop silent connections. */
const KEEP_ALIVE_MS = 30_000

/** True where a proxy of this kind passes requests on as they are, instead of connecting to the server. */
export function isForwarding({ server, proxy }: Pick<AgentSettings, 'server' | 'proxy'>): boolean {
  return server.protocol === 'http:' && proxy !== undefined && !proxy.protocol.startsWith('socks')
}

/** An agent for requests to the server, or to the proxy that forwards them. */
export function makeAgent(settings: AgentSettings): PlainAgent {
  const { server, proxy, maxSockets, tls } = settings
  const options: AgentOptions = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxSockets, scheduling: 'lifo' }
  if (isForwarding(settings)) return proxy?.protocol === 'https:' ? new TlsAgent(options) : new PlainAgent(options)
  const isTls = tls !== undefined
  const agent = isTls ? new TlsAgent({ ...options, ...tls }) : new PlainAgent(options)
  if (proxy === undefined) return agent
  const target = { host: socketHost(server), port: Number(server.port || (isTls ? 443 : 80)) }
  agent.createConnection = (request, give) => {
    const { cancel } = request as SocketRequest
    const overTls = (socket: Socket): Socket => connectTls({ ...(request as ConnectionOptions), socket })
    void openTunnel({ proxy, ...target, signal: cancel }).then(
      (socket) => give?.(null, isTls ? overTls(socket) : socket),
      (error: Error) => give?.(error, undefined as never),
    )
    return undefined
  }
  return agent
}

/** Closes the sockets that are not in use, and the others as soon as they are not. */
export function retire(agent: PlainAgent): void {
  agent.maxFreeSockets = 0
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
}
