/** A connection through a SOCKS proxy, version 5. Source: RFC 1928 and, for names and passwords, RFC 1929. */
import type { Socket } from 'node:net'

import { ClusterError } from '../errors.ts'

const VERSION = 5
const NO_AUTHENTICATION = 0
const USER_AND_PASSWORD = 2
const CONNECT = 1
const DOMAIN_NAME = 3
/** Lengths of addresses in answers, by type. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 }
const REFUSALS = [
  '',
  'it failed',
  'its rules do not allow it',
  'the network cannot be reached',
  'the host cannot be reached',
  'the connection was refused',
  'it took too long',
  'it cannot do that',
  'it does not know this kind of address',
]

/** Asks the proxy at the other end of a connected socket for a connection. Names are resolved by the proxy. */
export async function socksConnect(socket: Socket, proxy: URL, host: string, port: number): Promise<void> {
  const [user, password] = [proxy.username, proxy.password].map((part) => Buffer.from(decodeURIComponent(part)))
  const hasLogin = user !== undefined && user.length > 0
  const methods = hasLogin ? [NO_AUTHENTICATION, USER_AND_PASSWORD] : [NO_AUTHENTICATION]
  socket.write(Buffer.from([VERSION, methods.length, ...methods]))
  const [version, method] = await readBytes(socket, 2)
  if (version !== VERSION) throw refusal('it is no SOCKS proxy of version 5')
  if (method === USER_AND_PASSWORD && hasLogin && password !== undefined) {
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]))
    const [, status] = await readBytes(socket, 2)
    if (status !== 0) throw refusal('it does not accept the name and password')
  } else if (method !== NO_AUTHENTICATION) {
    throw refusal('it wants a name and a password')
  }
  const name = Buffer.from(host)
  const target = [VERSION, CONNECT, 0, DOMAIN_NAME, name.length]
  socket.write(Buffer.concat([Buffer.from(target), name, Buffer.from([port >> 8, port & 255])]))
  const [, reply = 1, , type = 0] = await readBytes(socket, 4)
  if (reply !== 0) throw refusal(REFUSALS[reply] ?? `error ${reply}`)
  const length = type === DOMAIN_NAME ? ((await readBytes(socket, 1))[0] ?? 0) : (ADDRESS_BYTES[type] ?? 0)
  await readBytes(socket, length + 2)
}

function refusal(why: string): ClusterError {
  return new ClusterError('cluster/proxy', `the proxy did not connect to the cluster: ${why}`)
}

/** Exactly so many bytes; what follows stays in the socket. */
function readBytes(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const read = (): void => {
      const bytes = socket.read(length) as Buffer | null
      if (bytes === null) return
      release()
      resolve(bytes)
    }
    const fail = (error?: Error): void => {
      release()
      reject(error ?? refusal('it closed the connection'))
    }
    const end = (): void => fail()
    const release = (): void => {
      socket.off('readable', read).off('error', fail).off('close', end)
    }
    socket.on('readable', read).on('error', fail).on('close', end)
    read()
  })
}
