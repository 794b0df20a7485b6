/** Servers on loopback that a test makes for itself: they keep what they are sent, and answer as they are told. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, createServer as createSocketServer, type AddressInfo, type Server } from 'node:net'
import { onTestFinished } from 'vitest'

/** What came in. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What goes out. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server that runs until the test is over. */
export interface Receiver {
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string
  readonly port: number
  readonly received: Received[]
}

/** Certificate and key of a server, PEM. */
export interface ServerIdentity {
  readonly cert: string
  readonly key: string
}

/**
 * Starts a server that answers request number `at` (from 0) with what `reply` gives, and never where it gives nothing. One
 * that `ignores-expect` does not say that it wants a body.
 */
export async function startReceiver(
  reply: (request: Received, at: number) => Reply | undefined,
  identity?: ServerIdentity,
  habit?: 'ignores-expect',
): Promise<Receiver> {
  const received: Received[] = []
  const listener = keepAndReply(received, reply)
  const server = identity === undefined ? createServer(listener) : createTlsServer({ ...identity }, listener)
  if (habit !== undefined) server.on('checkContinue', listener)
  const port = await listen(server)
  return { url: `${identity === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, received }
}

/** Starts a server that refuses once it has read the headers, and keeps every byte that comes, as the body. */
export async function startRefuser(reply: string): Promise<Receiver> {
  const received: Received[] = []
  const server = createSocketServer((socket) => {
    let bytes = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const hadHeaders = bytes.includes('\r\n\r\n')
      bytes += chunk
      if (hadHeaders || !bytes.includes('\r\n\r\n')) return
      socket.write(reply)
      // Whatever the client still sends after the answer.
      setTimeout(() => socket.end(), 300)
    })
    socket.on('error', () => socket.destroy())
    socket.once('close', () => received.push({ method: '', url: '', headers: {}, body: bytes }))
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, received }
}

/**
 * A proxy that connects to a port of loopback, whatever it is told, and keeps what it was asked. It may refuse instead, or say
 * nothing.
 */
export async function startProxy(target: number, refuseWith?: number | 'silence'): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(keepAndReply(received, () => ({ status: 201, headers: { location: '/forwarded' } })))
  server.on('connect', ({ method = '', url = '', headers }: IncomingMessage, socket: NodeJS.WritableStream) => {
    received.push({ method, url, headers, body: '' })
    if (refuseWith === 'silence') return
    if (refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${refuseWith} Not Today\r\n\r\n`)
      return
    }
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.pipe(socket)
      ;(socket as unknown as NodeJS.ReadableStream).pipe(onward)
    })
    onward.on('error', () => socket.end())
    socket.on('error', () => onward.destroy())
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, received }
}

/** A port on loopback where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function keepAndReply(
  received: Received[],
  reply: (request: Received, at: number) => Reply | undefined,
): RequestListener {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body }
    const answer = reply(one, received.push(one) - 1)
    if (answer !== undefined) response.writeHead(answer.status, answer.headers).end(answer.body)
  }
  return (request, response) => void handle(request, response)
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) body += chunk
  return body
}
