/** What an answer or an error means for a submitted report, in words for people. */
import { ProxyRefusal } from '@kubescape/cluster/http'

import type { Destination } from './destination.ts'
import { readRetryAfter, type Attempt } from './retry.ts'
import type { Answer } from './send.ts'

/** What became of a try, in words. */
export interface Outcome extends Attempt {
  /** What the server said, or why it could not be asked; from strangers, so not fit for a terminal as it is. */
  readonly message: string
  /** What to do next; empty for what was accepted. */
  readonly hint: string
}

const LONGEST_WORDS = 200
const TRY_LATER = 'Submit again later; nothing that was asked for beside it is lost.'

/** Reads an answer. `now`: milliseconds since 1970. */
export function outcomeOf(answer: Answer, now: number): Outcome {
  const { status, headers } = answer
  const said = [`${status} ${answer.statusText}`.trim(), wordsOf(answer)].filter(Boolean).join(': ')
  if (status >= 200 && status < 300) return { kind: 'accepted', message: said, hint: '' }
  if (status === 429 || status >= 500) {
    const retryAfterMs = readRetryAfter(headers['retry-after'], now)
    return { kind: 'later', message: said, hint: TRY_LATER, retryAfterMs }
  }
  if (status >= 300 && status < 400) {
    const elsewhere = headers.location === undefined ? '' : `, to ${excerpt(headers.location)}`
    return {
      kind: 'refused',
      message: `${status} sends it elsewhere${elsewhere}, and a report goes only where it was told to`,
      hint: 'If that address is right, name it with --server.',
    }
  }
  return { kind: 'refused', message: said, hint: hintFor(status) }
}

/** Reads an error of the connection. */
export function outcomeOfError(error: unknown, { url, proxy }: Destination): Outcome {
  const code = codeOf(error)
  const peer = proxy === undefined ? url.host : `${url.host} (through the proxy ${proxy.host})`
  if (error instanceof ProxyRefusal) {
    const kind = error.status >= 500 || error.status === 429 ? 'later' : 'refused'
    const hint =
      error.status === 407 ? 'Give name and password in the URL of the proxy.' : 'Check HTTPS_PROXY and NO_PROXY.'
    return { kind, message: error.message, hint }
  }
  for (const [pattern, kind, words, hint] of ERRORS) {
    if (pattern.test(code)) return { kind, message: words(peer), hint }
  }
  const what = error instanceof Error ? error.message : String(error)
  return { kind: 'refused', message: `the connection to ${peer} failed: ${excerpt(what)}`, hint: CHECK_ADDRESS }
}

const CHECK_ADDRESS = 'Check the address of --server, and whether it needs a VPN or a proxy (HTTPS_PROXY).'

type Meaning = readonly [pattern: RegExp, kind: 'later' | 'refused', words: (peer: string) => string, hint: string]

/** Codes: Node.js documentation, "Errors"; OpenSSL, X509_STORE_CTX_get_error. */
const ERRORS: readonly Meaning[] = [
  [/^ECONNREFUSED$/, 'later', (peer) => `nothing answers at ${peer}: the connection was refused`, CHECK_ADDRESS],
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA)$/, 'later', (peer) => `the name of ${peer} could not be resolved`, CHECK_ADDRESS],
  [/^ETIMEDOUT$/, 'later', (peer) => `${peer} did not answer in time`, CHECK_ADDRESS],
  [/^E(?:HOST|NET)(?:UNREACH|DOWN)$/, 'later', (peer) => `${peer} cannot be reached from this network`, CHECK_ADDRESS],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|HPE_INVALID_EOF_STATE)$/,
    'later',
    (peer) => `${peer} closed the connection before it had answered`,
    TRY_LATER,
  ],
  [
    /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    'refused',
    (peer) => `the certificate of ${peer} is expired, or not valid yet`,
    "Check this machine's clock; otherwise the server needs a new certificate.",
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'refused',
    (peer) => `the certificate of ${peer} is for another host`,
    'Name the server with --server as its certificate does.',
  ],
  [
    /^(?:UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|CERT_\w+|INVALID_CA|PATH_LENGTH_EXCEEDED)$/,
    'refused',
    (peer) => `the certificate of ${peer} is signed by an authority that is not trusted`,
    'Give the certificate of that authority with --server-ca, or in NODE_EXTRA_CA_CERTS.',
  ],
  [
    /^(?:ERR_SSL_\w+|EPROTO)$/,
    'refused',
    (peer) => `${peer} does not speak TLS as expected`,
    'Is it http, or another port?',
  ],
  [/^HPE_\w+$/, 'refused', (peer) => `what answers at ${peer} does not speak HTTP`, 'Is it https, or another port?'],
]

/** Several addresses were tried in vain: the first one tells enough. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function hintFor(status: number): string {
  if (status === 401 || status === 403)
    return 'Check KUBESCAPE_SERVER_TOKEN: the server does not accept it, or wants one.'
  if (status === 404 || status === 405) return 'Check the path of --server: it is used as it is.'
  if (status === 413) return 'The report is longer than the server takes: raise its limit, or scan less at once.'
  return 'What the server says tells more; it has to take what docs/upload.md describes.'
}

/** Where the report is now, or what went wrong: of headers and JSON; a line of text where there is nothing better. */
function wordsOf({ status, headers, text }: Answer): string {
  const isAccepted = status >= 200 && status < 300
  if (isAccepted && headers.location !== undefined) return excerpt(headers.location)
  const names = isAccepted ? ['id'] : ['detail', 'message', 'error', 'title']
  const value = jsonObject(text)
  for (const name of names) {
    const member = value?.[name]
    if (typeof member === 'string' || typeof member === 'number') return excerpt(String(member))
  }
  const isText = headers['content-type']?.startsWith('text/plain') === true
  return value === undefined && isText ? excerpt(text.split('\n', 1)[0] ?? '') : ''
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function excerpt(text: string): string {
  const line = text.trim()
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line
}
