/** One try to send a report: a POST whose body is made while it is sent, and the answer to it. */
import { request as requestPlain, type ClientRequest, type IncomingHttpHeaders } from 'node:http'
import { request as requestTls } from 'node:https'

import { portOf, proxyAuthorization, socketHost } from '@kubescape/cluster/http'

import { makeAgent } from '../http/agent.ts'
import type { Destination } from './destination.ts'

/** What to send. */
export interface Delivery {
  readonly destination: Destination
  readonly headers: Readonly<Record<string, string>>
  /** Makes the body, piece by piece; asked for anew with every try. */
  readonly body: () => Iterable<string>
  /** Ask first whether the server wants the body: one that refuses then never sees it. */
  readonly asksFirst: boolean
  /** Longest time until a connection stands. */
  readonly connectMs?: number
  /** Longest time in which nothing moves, neither here nor there. */
  readonly silenceMs?: number
}

/** What the server said. */
export interface Answer {
  readonly status: number
  readonly statusText: string
  readonly headers: IncomingHttpHeaders
  /** The first 64 KiB. */
  readonly text: string
}

const CHUNK = 64 * 1024
/** Servers that do not know the question say nothing; curl waits as long. */
const LEAVE_MS = 1000
const LONGEST_ANSWER_BYTES = 64 * 1024

/** Sends once. Rejects with errors of sockets as they are, and with the signal's reason when it is aborted. */
export async function send(delivery: Delivery, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted()
  const { connectMs = 10_000, silenceMs = 60_000 } = delivery
  const ended = new AbortController()
  const abort = (): void => ended.abort()
  signal.addEventListener('abort', abort, { once: true })
  let isSilent = false
  const giveUp = (): void => {
    isSilent = true
    ended.abort()
  }
  let patience = setTimeout(giveUp, connectMs)
  const connected = (): void => {
    clearTimeout(patience)
    patience = setTimeout(giveUp, silenceMs)
  }
  try {
    const request = open(delivery, ended.signal)
    const answer = readAnswer(request, ended.signal, () => patience.refresh())
    // It may fail while nobody waits for it yet.
    answer.catch(() => undefined)
    const connection = connectionOf(request, delivery.destination.url)
    void connection.then(connected)
    if (delivery.asksFirst && !(await isBodyWanted(request, connection, answer))) return await answer
    await writeBody(request, delivery.body(), answer, () => patience.refresh())
    return await answer
  } catch (error) {
    signal.throwIfAborted()
    throw isSilent ? Object.assign(new Error('the server is silent'), { code: 'ETIMEDOUT' }) : error
  } finally {
    clearTimeout(patience)
    signal.removeEventListener('abort', abort)
    // Ends what is left when the answer came early, or making the body failed.
    ended.abort()
  }
}

function open({ destination, asksFirst, headers: given }: Delivery, signal: AbortSignal): ClientRequest {
  const { url, proxy, authorities } = destination
  const headers = { ...given, ...(asksFirst ? { Expect: '100-continue' } : {}) }
  const path = `${url.pathname}${url.search}`
  const common = { method: 'POST', agent: makeAgent({ server: url, proxy, authorities, signal }), signal }
  if (url.protocol === 'https:') {
    return requestTls({ ...common, host: socketHost(url), port: portOf(url), path, headers })
  }
  if (proxy === undefined) {
    return requestPlain({ ...common, host: socketHost(url), port: portOf(url), path, headers })
  }
  // A proxy forwards what is not encrypted: it is given the whole URL (RFC 9112, 3.2.2).
  return (proxy.protocol === 'https:' ? requestTls : requestPlain)({
    ...common,
    host: socketHost(proxy),
    port: portOf(proxy),
    path: `${url.origin}${path}`,
    headers: { ...headers, Host: url.host, ...proxyAuthorization(proxy) },
  })
}

/** Resolves when the connection stands. */
function connectionOf(request: ClientRequest, url: URL): Promise<void> {
  return new Promise((resolve) => {
    request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', resolve))
  })
}

function readAnswer(request: ClientRequest, signal: AbortSignal, progress: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A request that has no socket yet says nothing when it is aborted.
    let abort = (): void => reject(new Error('aborted'))
    signal.addEventListener('abort', () => abort(), { once: true })
    request.on('error', reject)
    request.once('response', (response) => {
      progress()
      const chunks: Buffer[] = []
      let size = 0
      const finish = (): void => {
        const { statusCode: status = 0, statusMessage: statusText = '', headers } = response
        const text = Buffer.concat(chunks).subarray(0, LONGEST_ANSWER_BYTES).toString()
        resolve({ status, statusText, headers, text })
      }
      response.on('data', (chunk: Buffer) => {
        progress()
        chunks.push(chunk)
        size += chunk.length
        if (size >= LONGEST_ANSWER_BYTES) finish()
      })
      // An answer that breaks off has said what counts: its status.
      abort = finish
      response.on('error', finish)
      response.once('end', finish)
    })
  })
}

/** Asks the server (RFC 9110, 10.1.1): false when it has answered without the body, true also when it does not know the question. */
async function isBodyWanted(
  request: ClientRequest,
  connection: Promise<void>,
  answer: Promise<Answer>,
): Promise<boolean> {
  request.flushHeaders()
  let timer: NodeJS.Timeout | undefined
  const wanted = new Promise<true>((resolve) => {
    request.once('continue', () => resolve(true))
    void connection.then(() => (timer = setTimeout(() => resolve(true), LEAVE_MS)))
  })
  try {
    return (await Promise.race([wanted, answer])) === true
  } finally {
    clearTimeout(timer)
  }
}

/** Writes as fast as the server takes it, until it has answered. */
async function writeBody(
  request: ClientRequest,
  body: Iterable<string>,
  answer: Promise<Answer>,
  progress: () => void,
): Promise<void> {
  let waiting = ''
  for (const piece of body) {
    waiting += piece
    if (waiting.length < CHUNK) continue
    const chunk = waiting
    waiting = ''
    if (request.write(chunk)) continue
    const drained = new Promise<'drained'>((resolve) => {
      request.once('drain', () => resolve('drained'))
    })
    if ((await Promise.race([drained, answer])) !== 'drained') return
    progress()
  }
  request.end(waiting)
}
