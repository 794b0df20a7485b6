/** Reads answers: JSON, and the Status objects with which an API server refuses. */
import { constants, gunzip } from 'node:zlib'

import { asMap, asText, field, type Value } from '@kubescape/resources'

import { ApiError, ClusterError } from '../errors.ts'
import { plainText } from '../plain-text.ts'
import { tooLarge, type Answer } from './exchange.ts'
import { readRetryAfter } from './retry.ts'

const MESSAGE_LENGTH = 2000
const EXCERPT_LENGTH = 100

/** The text of an answer, decompressed; at most `maxBytes`. */
export async function textOf({ headers, body }: Answer, maxBytes: number): Promise<string> {
  const encoding = headers['content-encoding']
  if (body.length === 0 || encoding === undefined || encoding === 'identity') return body.toString()
  if (encoding !== 'gzip') throw malformed(`is compressed in a way that was not asked for (${plainText(encoding, 20)})`)
  return (await decompress(body, maxBytes)).toString()
}

function decompress(body: Buffer, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { maxOutputLength: maxBytes, finishFlush: constants.Z_FINISH, chunkSize: 256 * 1024 }
    gunzip(body, options, (error, text) => {
      if (error === null) resolve(text)
      else
        reject(
          (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
            ? tooLarge(maxBytes)
            : malformed('cannot be decompressed'),
        )
    })
  })
}

/** The value of a successful answer; null where it is empty. */
export function parseAnswer(text: string, path: string): Value {
  if (text === '') return null
  try {
    return JSON.parse(text) as Value
  } catch {
    throw malformed(`to ${path} is no JSON: ${plainText(text, EXCERPT_LENGTH)}`)
  }
}

function malformed(what: string): ClusterError {
  return new ClusterError('cluster/malformed-answer', `the answer ${what}`, {
    hint: 'Check that the server of this context is a Kubernetes API, and what stands before it (a proxy, a log-in page).',
  })
}

/** What an unsuccessful answer says. */
export function asApiError({ status, statusText }: Answer, text: string, path: string): ApiError {
  const body = statusObject(text)
  const said = asText(body?.['message']) ?? ''
  const excerpt = body === undefined ? plainText(text, EXCERPT_LENGTH) : ''
  const told = said === '' ? [`HTTP ${status} ${statusText}`.trim(), excerpt].filter(Boolean).join(': ') : said
  const message = status === 401 ? `the server does not accept the credentials of this context (${told})` : told
  return new ApiError({
    status,
    reason: asText(body?.['reason']) ?? '',
    message: plainText(message, MESSAGE_LENGTH),
    path,
    retryable: status === 429 || status >= 500,
    body,
    hint: hintFor(status),
  })
}

function statusObject(text: string): ReturnType<typeof asMap> {
  try {
    return asMap(JSON.parse(text) as Value)
  } catch {
    return undefined
  }
}

function hintFor(status: number): string | undefined {
  if (status === 401) return 'Log in again with the tool that wrote this context.'
  if (status >= 300 && status < 400) return 'The server wants to be asked elsewhere: check the server of this context.'
  return undefined
}

/** How long the server asks to wait: the header, or the details of the Status. `now`: milliseconds since 1970. */
export function retryAfterOf({ headers }: Answer, { body }: ApiError, now: number): number | undefined {
  const fromHeader = readRetryAfter(headers['retry-after'], now)
  const seconds = field(body, 'details', 'retryAfterSeconds')
  return fromHeader ?? (typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined)
}
