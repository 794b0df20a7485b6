/** A connection through a proxy: HTTP CONNECT (RFC 9110, 9.3.6) or SOCKS. */
import { connect, type Socket } from 'node:net'

import { ClusterError } from '../errors.ts'
import { connectTunnel, ProxyRefusal, type TunnelOptions } from './connect-tunnel.ts'
import { socketHost } from './environment-proxy.ts'
import { socksConnect } from './socks.ts'

/** A socket whose other end is the target. Rejects with the signal's reason when aborted, leaving no socket. */
export function openTunnel(options: TunnelOptions): Promise<Socket> {
  return options.proxy.protocol.startsWith('socks') ? openSocks(options) : openConnect(options)
}

async function openConnect(options: TunnelOptions): Promise<Socket> {
  try {
    return await connectTunnel(options)
  } catch (error) {
    if (!(error instanceof ProxyRefusal)) throw error
    const hint =
      error.status === 407
        ? 'Give name and password in the URL of the proxy.'
        : 'Check proxy-url of the cluster, HTTPS_PROXY and NO_PROXY.'
    throw new ClusterError('cluster/proxy', `the proxy did not connect to the cluster: ${error.answer}`, { hint })
  }
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
