/** Getting a file from a server: a GET that follows redirections, bounded in size and time. */
import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestTls } from 'node:https'

import { isLoopback, portOf, proxyAuthorization, socketHost, type Environment } from '@kubescape/cluster/http'

import { makeAgent } from './agent.ts'
import { proxyFor } from './proxies.ts'

/** What to get, and how. */
export interface GetOrder {
  readonly url: URL
  readonly env: Environment
  /** Certificates to trust instead of the usual ones, as PEM. */
  readonly authorities: string | undefined
  readonly userAgent: string
  readonly maxBytes: number
  /** Longest time in which nothing moves. */
  readonly silenceMs: number
}

/** What came back, from where the last redirection led. */
export interface GetAnswer {
  readonly url: URL
  readonly status: number
  readonly statusText: string
  readonly retryAfter: string | undefined
  readonly body: Buffer
}

/** Why something was not fetched that a server offered. */
export class GetRefusal extends Error {}

const MOST_REDIRECTIONS = 5

/** The proxy that is used for a URL; undefined for none, or where the environment names none that can be used. */
export function proxyOf(url: URL, env: Environment): URL | undefined {
  try {
    return proxyFor(url, env)
  } catch {
    throw new GetRefusal(`${url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} is no http or https URL`)
  }
}

/**
 * Gets a file. Rejects with errors of sockets as they are, with a `GetRefusal`, or with the signal's reason.
 * Redirections lead from https to https alone, and what they name is asked for without anything of ours.
 */
export async function get(order: GetOrder, signal: AbortSignal): Promise<GetAnswer> {
  let { url } = order
  for (let turn = 0; turn <= MOST_REDIRECTIONS; turn++) {
    const response = await open({ ...order, url }, signal)
    const location = response.headers.location
    const { statusCode: status = 0, statusMessage: statusText = '' } = response
    if (status < 300 || status >= 400 || location === undefined) {
      const body = await readBody(response, order, signal)
      return { url, status, statusText, retryAfter: response.headers['retry-after'], body }
    }
    response.destroy()
    url = redirected(url, location)
  }
  throw new GetRefusal(`${order.url.host} redirects more than ${MOST_REDIRECTIONS} times`)
}

function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from.href)
  if (to === null || !/^https?:$/.test(to.protocol)) throw new GetRefusal(`${from.host} redirects to what is no URL`)
  if (from.protocol === 'https:' && to.protocol === 'http:' && !isLoopback(to)) {
    throw new GetRefusal(`${from.host} redirects to ${to.host}, which is not encrypted`)
  }
  to.username = ''
  to.password = ''
  return to
}

function open(
  { url, env, authorities, userAgent, silenceMs }: GetOrder,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const proxy = proxyOf(url, env)
  const headers = { Accept: '*/*', 'User-Agent': userAgent }
  const common = { method: 'GET', agent: makeAgent({ server: url, proxy, authorities, signal }), signal }
  const path = `${url.pathname}${url.search}`
  return new Promise((resolve, reject) => {
    const forwards = proxy !== undefined && url.protocol === 'http:'
    const target = forwards ? proxy : url
    const request = (target.protocol === 'https:' ? requestTls : requestPlain)({
      ...common,
      host: socketHost(target),
      port: portOf(target),
      // A proxy forwards what is not encrypted: it is given the whole URL (RFC 9112, 3.2.2).
      path: forwards ? `${url.origin}${path}` : path,
      headers: forwards ? { ...headers, Host: url.host, ...proxyAuthorization(proxy) } : headers,
    })
    // A request that waits for a tunnel has no socket that could be silent.
    const patience = setTimeout(() => request.destroy(silent(silenceMs)), silenceMs)
    request.on('error', (error) => {
      clearTimeout(patience)
      reject(signal.aborted ? (signal.reason as Error) : error)
    })
    request.once('response', (response) => {
      clearTimeout(patience)
      resolve(response)
    })
    request.end()
  })
}

function readBody(response: IncomingMessage, order: GetOrder, signal: AbortSignal): Promise<Buffer> {
  const { maxBytes, silenceMs } = order
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const fail = (error: Error): void => {
      clearTimeout(patience)
      response.destroy()
      reject(signal.aborted ? (signal.reason as Error) : error)
    }
    const patience = setTimeout(() => fail(silent(silenceMs)), silenceMs)
    response.on('data', (chunk: Buffer) => {
      patience.refresh()
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) fail(new GetRefusal(`the answer is longer than ${Math.floor(maxBytes / 2 ** 20)} MiB`))
    })
    response.on('error', fail)
    response.once('close', () => {
      if (!response.complete) fail(Object.assign(new Error('the answer was cut short'), { code: 'ECONNRESET' }))
    })
    response.once('end', () => {
      clearTimeout(patience)
      resolve(Buffer.concat(chunks))
    })
  })
}

function silent(ms: number): Error {
  return Object.assign(new Error(`the server was silent for ${ms / 1000} s`), { code: 'ETIMEDOUT' })
}
