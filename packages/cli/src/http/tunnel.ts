/** A connection through a proxy: HTTP CONNECT (RFC 9110, 9.3.6). */
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import type { Socket } from 'node:net'

import { portOf, socketHost } from './proxies.ts'

/** The proxy did not connect: what it answered. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly status: number

  constructor(status: number, text: string) {
    super(`the proxy did not connect to the server: ${status} ${text}`.trim())
    this.status = status
  }
}

/**
 * A socket whose other end is the server.
 * @throws {ProxyRefusal} and errors of sockets; what is aborted leaves no socket
 */
export function openTunnel(proxy: URL, server: URL, signal: AbortSignal | undefined): Promise<Socket> {
  const host = socketHost(server)
  const target = `${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`
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
    connecting.once('error', reject)
    connecting.end()
  })
}

/** The header with which a proxy knows its user; none without one. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
