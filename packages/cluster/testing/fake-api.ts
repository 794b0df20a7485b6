/** An API server on loopback that says what a test tells it to, and keeps what it was asked. */
import {
  createServer as createPlain,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'

import type { Value } from '@kubescape/resources'

import type { Pair } from './certificates.ts'

/** What was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Common name of the client certificate; empty without one. */
  readonly clientName: string
}

/** What to answer. */
export interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** An object, or text as it is. */
  readonly body?: Value | Buffer
  readonly gzip?: boolean
  /** `hang`: no answer. `reset`: the connection ends. `cut`: it ends in the middle of the body. `stall`: silence in the middle. */
  readonly failure?: 'hang' | 'reset' | 'cut' | 'stall'
}

/** A running server. */
export interface FakeApi {
  readonly url: string
  readonly port: number
  readonly asked: Asked[]
  /** Connections that are open now, and those that there have been. */
  readonly sockets: ReadonlySet<Socket>
  readonly connections: () => number
  close(): Promise<void>
}

/** How a server is set up. */
export interface FakeApiOptions {
  readonly tls?: Pair
  /** Authority of client certificates. */
  readonly clientCa?: string
  /** Ends connections without a client certificate. */
  readonly needsClient?: boolean
  readonly port?: number
}

/** Starts a server on 127.0.0.1. */
export async function startApi(
  answer: (asked: Asked) => Reply | Promise<Reply>,
  { tls, clientCa, needsClient = false, port = 0 }: FakeApiOptions = {},
): Promise<FakeApi> {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void readBody(request).then(async (body) => {
      const url = new URL(request.url ?? '/', 'http://fake')
      const { method = '', headers } = request
      const clientName = commonName(request.socket as TLSSocket)
      const one = { method, path: url.pathname, query: url.searchParams, headers, body, clientName }
      asked.push(one)
      send(response, await answer(one))
      return undefined
    })
  }
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: needsClient }
  const server = tls === undefined ? createPlain(handle) : createTls({ ...tls, ...clients }, handle)
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${bound}`,
    port: bound,
    asked,
    sockets,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function commonName(socket: TLSSocket): string {
  const certificate = typeof socket.getPeerCertificate === 'function' ? socket.getPeerCertificate() : undefined
  const name: unknown = certificate?.subject?.CN
  return typeof name === 'string' ? name : ''
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '', gzip = false, failure }: Reply): void {
  if (failure === 'hang') return
  if (failure === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  const text = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const bytes = gzip ? gzipSync(text) : text
  const encoding = gzip ? { 'Content-Encoding': 'gzip' } : {}
  const type = { 'Content-Type': 'application/json' }
  response.writeHead(status, { ...type, ...encoding, 'Content-Length': `${bytes.length}`, ...headers })
  if (failure === undefined) {
    response.end(bytes)
    return
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    if (failure === 'cut') response.socket?.destroy()
  })
}

/** A Status object, as API servers refuse with. */
export function statusReply(status: number, reason: string, message: string, more: Record<string, Value> = {}): Reply {
  const body = {
    apiVersion: 'v1',
    kind: 'Status',
    status: 'Failure',
    code: status,
    reason,
    message,
    metadata: {},
    ...more,
  }
  return { status, body }
}
