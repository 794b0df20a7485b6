/** A connection through a proxy: HTTP CONNECT (RFC 9110, 9.3.6) or SOCKS. */
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { connect, type Socket } from 'node:net'

import { ClusterError } from '../errors.ts'
import { socksConnect } from './socks.ts'

/** Where to, and through what. */
export interface TunnelOptions {
  readonly proxy: URL
  readonly host: string
  readonly port: number
  readonly signal: AbortSignal | undefined
}

/** A socket whose other end is the target. Rejects with the signal's reason when aborted, leaving no socket. */
export function openTunnel(options: TunnelOptions): Promise<Socket> {
  return options.proxy.protocol.startsWith('socks') ? openSocks(options) : openConnect(options)
}

/** Host of a URL as sockets want it: IPv6 addresses without brackets. */
export function socketHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** The header with which a proxy knows its user; none without one. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

function openConnect({ proxy, host, port, signal }: TunnelOptions): Promise<Socket> {
  const isTls = proxy.protocol === 'https:'
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new Promise((resolve, reject) => {
    const connecting = (isTls ? requestTls : requestPlain)({
      host: socketHost(proxy),
      port: proxy.port || (isTls ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...proxyAuthorization(proxy) },
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    })
    connecting.once('connect', ({ statusCode = 0, statusMessage = '' }, socket: Socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy()
        reject(proxyRefusal(statusCode, statusMessage))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    connecting.once('response', ({ statusCode = 0, statusMessage = '' }) => {
      connecting.destroy()
      reject(proxyRefusal(statusCode, statusMessage))
    })
    connecting.once('error', (error) => reject(signal?.aborted ? (signal.reason as Error) : error))
    connecting.end()
  })
}

function proxyRefusal(status: number, text: string): ClusterError {
  const hint =
    status === 407
      ? 'Give name and password in the URL of the proxy.'
      : 'Check proxy-url of the cluster, HTTPS_PROXY and NO_PROXY.'
  return new ClusterError('cluster/proxy', `the proxy did not connect to the cluster: ${status} ${text}`.trim(), {
    hint,
  })
}

async function openSocks({ proxy, host, port, signal }: TunnelOptions): Promise<Socket> {
  const socket = connect({ host: socketHost(proxy), port: Number(proxy.port || 1080) })
  const abort = (): void => void socket.destroy(signal?.reason as Error)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject)
    })
    await socksConnect(socket, proxy, host, port)
    return socket
  } catch (error) {
    socket.destroy()
    throw signal?.aborted ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
