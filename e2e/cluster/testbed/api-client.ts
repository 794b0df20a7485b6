/** Requests to the servers of a cluster, as a client with a certificate makes them. */
import { request as send } from 'node:https'

/** Whom a client trusts, and who it is. */
export interface Credentials {
  readonly ca: string
  readonly cert?: string
  readonly key?: string
}

/** What is asked for, beside the address. */
export interface RequestOptions {
  readonly method?: string
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What a server said. */
export interface Answer {
  readonly status: number
  readonly text: string
  /** The text as JSON; throws where it is none. */
  json(): unknown
}

const TIMEOUT_MS = 30_000

/** Makes one request on a connection of its own. Any status is an answer; only a connection that breaks or takes too long throws. */
export async function request(
  url: string | URL,
  { ca, cert, key }: Credentials,
  { method = 'GET', body, headers = {} }: RequestOptions = {},
): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const type = payload === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const options = {
      signal,
      method,
      ca,
      cert,
      key,
      agent: false,
      headers: { Accept: 'application/json', ...type, ...headers },
    }
    const outgoing = send(url, options, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        text += chunk
      })
      incoming.once('error', reject)
      incoming.once('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text, json: () => JSON.parse(text) as unknown })
      })
    })
    outgoing.once('error', reject)
    outgoing.end(payload)
  })
}
