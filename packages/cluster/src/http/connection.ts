/** Requests that try as long as it is worth it. */
import type { Value } from '@kubescape/resources'

import { credentialsOf } from '../auth/credentials.ts'
import type { Credential, Credentials } from '../auth/credential.ts'
import { expiryOf } from '../auth/expiry.ts'
import type { ConnectOptions, Query, RequestOptions } from '../client.ts'
import { realClock, type Clock } from '../clock.ts'
import { ApiError, ClusterError } from '../errors.ts'
import type { ClusterTarget } from '../target.ts'
import { asApiError, parseAnswer, retryAfterOf, textOf } from './answer.ts'
import { exchange } from './exchange.ts'
import { Gate } from './gate.ts'
import { linkSignals } from './linked-signal.ts'
import { asNetworkError } from './network-error.ts'
import { delayBefore, isWorthRetrying, MAX_TRIES } from './retry.ts'
import { Route } from './route.ts'

const MIB = 2 ** 20

/** Failures before anything was sent. */
const NOT_SENT = ['cluster/refused', 'cluster/unknown-host', 'cluster/unreachable']

/** What is asked, the same for every try. */
interface Question {
  readonly method: string
  readonly path: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly isRepeatable: boolean
  readonly maxTries: number
}

/** How a try ended. */
interface Failure {
  readonly error: Error
  readonly retryAfterMs: number | undefined
}

/** Requests over HTTP/1.1. */
export class Connection {
  readonly #credentials: Credentials
  readonly #impersonation: Readonly<Record<string, string | string[]>>
  readonly #route: Route
  readonly #gate: Gate
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #deadlineMs: number
  readonly #maxBytes: number
  readonly #headers: Readonly<Record<string, string>>
  readonly #closing = new AbortController()
  readonly #signal: AbortSignal | undefined
  #hasAnswered = false

  /** Throws `ClusterError` where the configuration does not say how to get there. */
  constructor(target: ClusterTarget, options: ConnectOptions) {
    const { env = process.env, maxConcurrent = 4, isInteractive = false, userAgent = 'kubescape' } = options
    const { server, user } = target.access.reveal()
    this.#credentials = credentialsOf(user, server, { env, isInteractive })
    this.#impersonation = headerLists(user.impersonation)
    this.#route = new Route(server, env, maxConcurrent)
    this.#gate = new Gate(maxConcurrent)
    this.#clock = options.clock ?? realClock
    this.#timeoutMs = options.timeoutMs ?? 30_000
    this.#deadlineMs = options.deadlineMs ?? 120_000
    this.#maxBytes = options.maxAnswerBytes ?? 256 * MIB
    this.#headers = { 'User-Agent': userAgent, ...(server.refusesCompression ? {} : { 'Accept-Encoding': 'gzip' }) }
    this.#signal = options.signal
    options.signal?.addEventListener('abort', this.#abort, { once: true })
  }

  /** As `KubeClient.request`. */
  async request(method: string, path: string, body?: Value, options: RequestOptions = {}): Promise<Value> {
    const question = this.#question(method, path, body, options)
    this.#signal?.throwIfAborted()
    const { signal, release } = linkSignals(this.#closing.signal, options.signal)
    try {
      return await this.#ask(question, signal)
    } finally {
      release()
    }
  }

  /** As `KubeClient.close`. */
  close(): void {
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#closing.abort(new ClusterError('cluster/closed', 'the connection to the cluster was closed'))
    this.#route.close()
  }

  readonly #abort = (): void => {
    this.#closing.abort(this.#signal?.reason)
    this.#route.close()
  }

  #question(method: string, path: string, body: Value | undefined, options: RequestOptions): Question {
    const { query = {}, accept = 'application/json', contentType = 'application/json', maxTries = MAX_TRIES } = options
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const length =
      text === undefined ? {} : { 'Content-Type': contentType, 'Content-Length': `${Buffer.byteLength(text)}` }
    return {
      method,
      path,
      target: `${this.#route.destination.prefix}${path}${renderQuery(query)}`,
      headers: { Accept: accept, ...length },
      body: text,
      maxTries,
      // Applying what has been applied changes nothing (Kubernetes, "Server-Side Apply").
      isRepeatable: ['GET', 'HEAD', 'PUT'].includes(method) || contentType === 'application/apply-patch+yaml',
    }
  }

  async #ask(question: Question, signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted()
    const start = this.#clock.now()
    let hasRenewed = false
    for (let tries = 1; ; tries++) {
      const credential = await this.#credentials.get(signal)
      const result = await this.#try(question, credential, signal)
      if (!('error' in result)) return result.value
      const { error, retryAfterMs } = result
      if (signal.aborted) throw signal.reason
      if (error instanceof ApiError && error.status === 401) {
        if (hasRenewed || !this.#credentials.forget(credential)) throw explained(error, credential)
        hasRenewed = true
        continue
      }
      const delayMs = delayBefore(tries + 1, retryAfterMs, Math.random())
      const isTooLate = this.#clock.now() - start + delayMs > this.#deadlineMs
      if (tries >= question.maxTries || isTooLate || !this.#isWorthRetrying(question, result)) throw error
      await this.#clock.wait(delayMs, signal)
    }
  }

  #isWorthRetrying({ isRepeatable }: Question, { error, retryAfterMs }: Failure): boolean {
    const code = error instanceof ClusterError ? error.code : ''
    const wasSent = !NOT_SENT.includes(code)
    return isWorthRetrying({
      isRepeatable,
      status: error instanceof ApiError ? error.status : 0,
      // A server that never answered is not there; one that did is being restarted.
      isConnectionLost: code === 'cluster/reset' || (!wasSent && this.#hasAnswered),
      wasSent,
      retryAfterMs,
    })
  }

  async #try(question: Question, credential: Credential, signal: AbortSignal): Promise<Failure | { value: Value }> {
    await this.#gate.enter(signal)
    try {
      const { method, path, target, headers, body } = question
      const { isTls, host, port, headers: routed } = this.#route.destination
      const { authorization } = credential
      const answer = await exchange({
        agent: this.#route.agentFor(credential),
        isTls,
        host,
        port,
        method,
        path: target,
        headers: {
          ...this.#headers,
          ...routed,
          ...headers,
          ...this.#impersonation,
          ...(authorization === undefined ? {} : { Authorization: authorization }),
        },
        body,
        timeoutMs: this.#timeoutMs,
        maxBytes: this.#maxBytes,
        signal,
      })
      this.#hasAnswered = true
      const text = await textOf(answer, this.#maxBytes)
      if (answer.status >= 200 && answer.status < 300) {
        this.#gate.succeeded()
        return { value: parseAnswer(text, path) }
      }
      if (answer.status === 429) this.#gate.slowDown()
      const error = asApiError(answer, text, path)
      return { error, retryAfterMs: retryAfterOf(answer, error, Date.now()) }
    } catch (error) {
      return { error: asNetworkError(error, this.#route.peer), retryAfterMs: undefined }
    } finally {
      this.#gate.leave()
    }
  }
}

/** Repeated names become lists, which are sent as repeated headers. */
function headerLists(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const lists: Record<string, string[]> = {}
  for (const [name, value] of pairs) (lists[name] ??= []).push(value)
  return lists
}

function renderQuery(query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  return parameters.size === 0 ? '' : `?${parameters.toString()}`
}

/** The refusal of a proof, with what is known of the proof. */
function explained(error: ApiError, credential: Credential): ClusterError {
  const expiry = expiryOf(credential, Date.now())
  if (expiry === undefined) return error
  const when = new Date(expiry.at).toISOString().slice(0, 16).replace('T', ' ')
  return new ClusterError('cluster/expired-token', `the ${expiry.what} of the user expired at ${when} UTC`, {
    hint: 'Log in again with the tool that wrote this context.',
    cause: error,
  })
}
