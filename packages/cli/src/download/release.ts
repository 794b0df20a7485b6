/** The published release of controls: where its files are, and how they are fetched. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import { isLoopback, type Environment } from '@kubescape/cluster/http'

import { Failure } from '../failure.ts'
import { readAuthorities } from '../http/authorities.ts'
import { get, GetRefusal, proxyOf, type GetAnswer } from '../http/get.ts'
import { outcomeOfError } from '../submit/outcome.ts'
import { readRetryAfter, withRetries, type Attempt, type Clock } from '../submit/retry.ts'
import type { Log } from '../terminal.ts'
import { readVersion } from '../version.ts'

/** Where files come from. */
export interface Release {
  /** Ends in `/`. */
  readonly base: URL
  readonly authorities: string | undefined
  readonly env: Environment
  readonly log: Log
  readonly signal: AbortSignal
}

/** A file of the release. */
export interface ReleaseFile {
  readonly url: string
  readonly value: unknown
  readonly text: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
}

/** Where the controls of Kubescape are published. */
const PUBLISHED = 'https://github.com/kubescape/regolibrary/releases'

const MOST_BYTES = 64 * 1024 * 1024
const SILENCE_MS = 30_000
const CHECK = 'Check the address, and whether it needs a VPN or a proxy (HTTPS_PROXY); --from names another place.'

const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: () => Math.random(),
}

/**
 * Where the files of a release are: below `from`, or where Kubescape publishes them, of a tag or the newest.
 * @throws {Failure} for an address that cannot be used
 */
export function releaseBase(from: string | undefined, tag: string | undefined): URL {
  const text = from ?? `${PUBLISHED}/${tag === undefined ? 'latest/download' : `download/${tag}`}`
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Failure('--from is no http or https URL', 'Write it out, such as https://mirror.example.com/controls/v2.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure('--from holds a name or a password', 'Everybody may list processes: use a place that needs none.')
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new Failure(
      '--from is not encrypted: anybody on the way could change the controls',
      'Use https, or a server of this machine.',
    )
  }
  url.search = ''
  url.hash = ''
  return url
}

/** The certificates of `--ca`. */
export function authoritiesOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : readAuthorities(file, '--ca')
}

/** What became of a try. */
interface Try extends Attempt {
  readonly answer?: GetAnswer
  readonly message: string
}

/**
 * Fetches a file of JSON.
 * @throws {Failure} where it cannot be had, or is no JSON
 */
export async function fetchFile(release: Release, name: string): Promise<ReleaseFile> {
  const { base, log, signal } = release
  const url = new URL(encodeURIComponent(name), base)
  const announce = ({ message }: Try, delayMs: number): void =>
    log.write('info', `Not downloaded yet: ${message}; trying again in ${(delayMs / 1000).toFixed(1)} s`)
  const { outcome } = await withRetries(() => attempt(release, url), announce, CLOCK, signal)
  const { answer } = outcome
  if (outcome.kind !== 'accepted' || answer === undefined) {
    throw new Failure(`${url.href} was not downloaded: ${outcome.message}`, CHECK)
  }
  const text = answer.body.toString('utf8')
  try {
    const digest = createHash('sha256').update(answer.body).digest('hex')
    return { url: url.href, value: JSON.parse(text) as unknown, text, digest }
  } catch {
    throw new Failure(`${url.href} is no JSON`, 'Something else answers there: a page to log in, for example.')
  }
}

async function attempt({ authorities, env, signal }: Release, url: URL): Promise<Try> {
  try {
    const order = { url, env, authorities, maxBytes: MOST_BYTES, silenceMs: SILENCE_MS, userAgent: userAgent() }
    const answer = await get(order, signal)
    const { status, statusText, retryAfter } = answer
    if (status >= 200 && status < 300) return { kind: 'accepted', answer, message: '' }
    const message = status === 404 ? 'there is no such file (404)' : `${status} ${statusText}`.trim()
    if (status !== 429 && status < 500) return { kind: 'refused', message }
    return { kind: 'later', message, retryAfterMs: readRetryAfter(retryAfter, Date.now()) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof GetRefusal) return { kind: 'refused', message: error.message }
    const proxy = proxyOf(url, env)
    return outcomeOfError(error, { url, name: url.href, token: undefined, proxy, authorities })
  }
}

function userAgent(): string {
  return `kubescape/${readVersion().version}`
}
