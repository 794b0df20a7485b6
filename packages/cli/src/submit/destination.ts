/** Where reports are submitted to, checked before the scan begins: a scan may take minutes, and a slip is seen at once. */
import { isLoopback, type Environment } from '@kubescape/cluster/http'

import { Failure } from '../failure.ts'
import { readAuthorities } from '../http/authorities.ts'
import { proxyFor } from '../http/proxies.ts'
import type { SubmitOptions } from '../options.ts'

/** A server that takes reports. */
export interface Destination {
  readonly url: URL
  /** For messages: without the query, which may hold a key. */
  readonly name: string
  readonly token: string | undefined
  readonly proxy: URL | undefined
  /** Certificates of the authorities to trust, as PEM; undefined for the usual ones. */
  readonly authorities: string | undefined
}

const TOKEN = 'KUBESCAPE_SERVER_TOKEN'

/**
 * Reads what `--server` and `--server-ca` name, and the environment.
 * @throws {Failure} for addresses and files that cannot be used, and for a token that would travel in the clear
 */
export function readDestination({ server, authorities }: SubmitOptions, env: Environment): Destination {
  const url = parseServer(server)
  const token = readToken(env)
  if (token !== undefined && url.protocol === 'http:' && !isLoopback(url)) {
    throw new Failure(
      `${TOKEN} is set, and --server ${nameOf(url)} is not encrypted: everybody on the way could read the token`,
      `Use https, or unset ${TOKEN} if the server wants none.`,
    )
  }
  return {
    url,
    name: nameOf(url),
    token,
    proxy: findProxy(url, env),
    authorities: authorities === undefined ? undefined : readAuthorities(authorities, '--server-ca'),
  }
}

function parseServer(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Failure(
      '--server is no http or https URL',
      'Write it out, such as https://reports.example.com/v1/reports.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure(
      '--server holds a name or a password: everybody who may list processes can read it',
      `Put a token into the environment, as ${TOKEN}.`,
    )
  }
  url.hash = ''
  return url
}

function nameOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`
}

/** Characters: RFC 6750, 2.1. Files of tokens often end with a line break. */
function readToken(env: Environment): string | undefined {
  const token = env[TOKEN]?.trim() ?? ''
  if (token === '') return undefined
  if (/^[\w.~+/-]+=*$/.test(token)) return token
  throw new Failure(`${TOKEN} holds characters that no token has`, 'Give the token alone, without "Bearer" or quotes.')
}

function findProxy(url: URL, env: Environment): URL | undefined {
  try {
    return proxyFor(url, env)
  } catch {
    const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
    throw new Failure(
      `${name} is no http or https URL`,
      `Correct it, or name the server in NO_PROXY to go without: NO_PROXY=${url.hostname}.`,
    )
  }
}
