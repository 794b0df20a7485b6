/** One request and its answer, within bounds of time and size. */
import { request as requestPlain, type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { request as requestTls } from 'node:https'

import { ClusterError } from '../errors.ts'
import type { SocketRequest } from './agent.ts'

/** What to send where. */
export interface Order {
  readonly agent: Agent
  /** Of the server, or of the proxy that forwards. */
  readonly isTls: boolean
  readonly host: string
  readonly port: number
  readonly method: string
  /** With the query; a whole URL for a proxy that forwards. */
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body: string | undefined
  /** Longest silence. */
  readonly timeoutMs: number
  /** Longest body, before decompression. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly statusText: string
  readonly headers: IncomingHttpHeaders
  /** As sent, maybe compressed. */
  readonly body: Buffer
}

/** Sends and reads. Rejects with errors of sockets as they are, or a `ClusterError`; when aborted with the signal's reason. */
export function exchange(order: Order): Promise<Answer> {
  const { agent, isTls, host, port, method, path, headers, body, timeoutMs, maxBytes, signal } = order
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error)
      return
    }
    // A socket that is still being made knows nothing of the request that it is for.
    const making = new AbortController()
    const socket: SocketRequest = { cancel: making.signal }
    const request = (isTls ? requestTls : requestPlain)({ agent, host, port, method, path, headers, ...socket })
    const fail = (error: Error): void => {
      release()
      making.abort(error)
      request.destroy()
      reject(error)
    }
    const abort = (): void => fail(signal.reason as Error)
    const silence = setTimeout(() => fail(timedOut(timeoutMs)), timeoutMs)
    const release = (): void => {
      clearTimeout(silence)
      signal.removeEventListener('abort', abort)
    }
    signal.addEventListener('abort', abort, { once: true })
    request.on('error', fail)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      silence.refresh()
      response.on('data', (chunk: Buffer) => {
        silence.refresh()
        size += chunk.length
        chunks.push(chunk)
        if (size > maxBytes) fail(tooLarge(maxBytes))
      })
      response.on('error', fail)
      response.once('end', () => {
        release()
        const { statusCode: status = 0, statusMessage: statusText = '', headers: answered } = response
        resolve({
          status,
          statusText,
          headers: answered,
          body: Buffer.concat(chunks),
        })
      })
      response.once('close', () => {
        if (!response.complete) fail(cutShort())
      })
    })
    request.end(body)
  })
}

function timedOut(timeoutMs: number): ClusterError {
  const seconds = timeoutMs >= 1000 ? `${Math.round(timeoutMs / 1000)} s` : `${timeoutMs} ms`
  return new ClusterError('cluster/timeout', `the server was silent for ${seconds}`, {
    hint: 'Check whether the cluster needs a VPN or a proxy, and how busy it is.',
    retryable: true,
  })
}

/** The answer is longer than what is read. */
export function tooLarge(maxBytes: number): ClusterError {
  return new ClusterError('cluster/too-large', `the answer is longer than ${Math.floor(maxBytes / 2 ** 20)} MiB`)
}

function cutShort(): Error {
  return Object.assign(new Error('the answer was cut short'), { code: 'ECONNRESET' })
}
