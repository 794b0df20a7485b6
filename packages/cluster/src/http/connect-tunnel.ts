/** A connection through a proxy that speaks HTTP: CONNECT (RFC 9110, 9.3.6). */
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import type { Socket } from 'node:net'

import { portOf, socketHost } from './environment-proxy.ts'

/** Where to, and through what. */
export interface TunnelOptions {
  readonly proxy: URL
  readonly host: string
  readonly port: number
  readonly signal: AbortSignal | undefined
}

/** The proxy did not connect: what it answered. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly status: number
  /** Status and words: `403 Forbidden`. */
  readonly answer: string

  constructor(status: number, text: string) {
    const answer = `${status} ${text}`.trim()
    super(`the proxy did not connect to the server: ${answer}`)
    this.status = status
    this.answer = answer
  }
}

/**
 * A socket whose other end is the target.
 * @throws {ProxyRefusal} and errors of sockets; the signal's reason when aborted, leaving no socket
 */
export function connectTunnel({ proxy, host, port, signal }: TunnelOptions): Promise<Socket> {
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new Promise((resolve, reject) => {
    const connecting = (proxy.protocol === 'https:' ? requestTls : requestPlain)({
      host: socketHost(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...proxyAuthorization(proxy) },
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    })
    connecting.once('connect', ({ statusCode = 0, statusMessage = '' }, socket: Socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy()
        reject(new ProxyRefusal(statusCode, statusMessage))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    connecting.once('response', ({ statusCode = 0, statusMessage = '' }) => {
      connecting.destroy()
      reject(new ProxyRefusal(statusCode, statusMessage))
    })
    connecting.once('error', (error) => reject(signal?.aborted ? (signal.reason as Error) : error))
    connecting.end()
  })
}

/** The header with which a proxy knows its user; none without one. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
