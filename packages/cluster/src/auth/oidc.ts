/**
 * Tokens of an OpenID Connect provider: the one of the configuration, or a fresh one for its refresh token. Sources: OpenID
 * Connect Discovery 1.0, 4; RFC 6749, 2.3.1 and 6; client-go, `plugin/pkg/client/auth/oidc`.
 */
import { createSecureContext } from 'node:tls'

import { asMap, asText, asTexts, type Value, type ValueMap } from '@kubescape/resources'

import type { UserEntry } from '../access.ts'
import { ClusterError } from '../errors.ts'
import { makeAgent } from '../http/agent.ts'
import { exchange, type Answer } from '../http/exchange.ts'
import { asNetworkError } from '../http/network-error.ts'
import { proxyFor } from '../http/proxies.ts'
import { socketHost } from '../http/environment-proxy.ts'
import { plainText } from '../plain-text.ts'
import { readAuthorities, trustedAuthorities } from './certificate.ts'
import { bearer, type Credential } from './credential.ts'
import { tokenExpiry } from './expiry.ts'

type AuthProvider = NonNullable<UserEntry['authProvider']>
type Environment = Readonly<Record<string, string | undefined>>

/** Providers that kubectl had and has no longer, and what is there in their place. */
const REMOVED: Readonly<Record<string, string>> = {
  gcp: 'Run: gcloud container clusters get-credentials, with gke-gcloud-auth-plugin installed.',
  azure: 'Run: kubelogin convert-kubeconfig.',
}

const LOG_IN = 'Log in again with the tool that wrote this context.'
const TIMEOUT_MS = 30_000
const MAX_BYTES = 2 ** 20
const EARLY_MS = 10_000

/**
 * A proof by the `auth-provider` of a user. A fresh refresh token, which some providers give, is not written back to the
 * kubeconfig: the old one may be of no use afterwards.
 */
export async function oidcCredential(
  { name, config }: AuthProvider,
  env: Environment,
  signal: AbortSignal,
): Promise<Credential> {
  if (name !== 'oidc') {
    throw new ClusterError('cluster/unknown-auth-provider', `the auth-provider ${name} of the user is not supported`, {
      hint: REMOVED[name] ?? 'Use a credential plugin (exec) in its place.',
    })
  }
  const known = config['id-token'] ?? ''
  const expiresAt = tokenExpiry(bearer(known))
  if (known !== '' && expiresAt !== undefined && expiresAt - EARLY_MS > Date.now()) return proof(known)
  return proof(await refresh(config, (url, form) => send(url, form, config, env, signal)))
}

function proof(token: string): Credential {
  const expiresAt = tokenExpiry(bearer(token))
  return { authorization: bearer(token), ...(expiresAt === undefined ? {} : { expiresAt }) }
}

/** Gets a document, or the answer to a form. */
type Send = (url: URL, form?: { body: string; headers: Record<string, string> }) => Promise<ValueMap>

async function refresh(config: AuthProvider['config'], sendTo: Send): Promise<string> {
  const issuer = config['idp-issuer-url'] ?? ''
  const id = config['client-id'] ?? ''
  const token = config['refresh-token'] ?? ''
  if (issuer === '' || id === '' || token === '') {
    throw new ClusterError(
      'cluster/expired-token',
      'the token of the user has expired, and nothing is there to renew it',
      {
        hint: LOG_IN,
      },
    )
  }
  const provider = await sendTo(safeUrl(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  const endpoint = safeUrl(asText(provider['token_endpoint']) ?? '')
  const methods = asTexts(provider['token_endpoint_auth_methods_supported'])
  const answer = await sendTo(endpoint, tokenRequest({ id, secret: config['client-secret'] ?? '', token, methods }))
  const fresh = asText(answer['id_token'])
  if (!fresh) throw notRenewed('the provider gave no id_token')
  return fresh
}

interface TokenRequest {
  readonly id: string
  readonly secret: string
  readonly token: string
  /** How the provider lets clients say who they are; empty for the usual way. */
  readonly methods: readonly string[]
}

function tokenRequest({ id, secret, token, methods }: TokenRequest): { body: string; headers: Record<string, string> } {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token })
  const isInBody = secret === '' || (methods.includes('client_secret_post') && !methods.includes('client_secret_basic'))
  if (isInBody) form.set('client_id', id)
  if (isInBody && secret !== '') form.set('client_secret', secret)
  const pair = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return { body: form.toString(), headers: isInBody ? headers : { ...headers, Authorization: `Basic ${pair}` } }
}

/** A refresh token is as good as a password: it does not travel in the clear. */
function safeUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'https:') return url
  throw notRenewed(`the address of the provider does not begin with https:// (${plainText(text, 100)})`)
}

async function send(
  url: URL,
  form: Parameters<Send>[1],
  config: AuthProvider['config'],
  env: Environment,
  signal: AbortSignal,
): Promise<ValueMap> {
  const ca = readAuthorities({
    caFile: config['idp-certificate-authority'],
    caData: config['idp-certificate-authority-data'],
  })
  const secureContext = createSecureContext({ ca: ca ?? trustedAuthorities() })
  const proxy = proxyFor(url, undefined, env)
  const agent = makeAgent({ server: url, proxy, maxSockets: 1, tls: { secureContext, rejectUnauthorized: true } })
  try {
    const answer = await exchange({
      agent,
      isTls: true,
      host: socketHost(url),
      port: Number(url.port || 443),
      method: form === undefined ? 'GET' : 'POST',
      path: url.pathname + url.search,
      headers: { Host: url.host, Accept: 'application/json', ...form?.headers },
      body: form?.body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    })
    return read(answer)
  } catch (error) {
    throw asNetworkError(error, { address: url.host, proxy: proxy?.host })
  } finally {
    agent.destroy()
  }
}

function read({ status, body }: Answer): ValueMap {
  let value: ValueMap | undefined
  try {
    value = asMap(JSON.parse(body.toString()) as Value)
  } catch {
    // Told below.
  }
  if (value !== undefined && status === 200) return value
  const said = [asText(value?.['error']), asText(value?.['error_description'])].filter(Boolean).join(': ')
  throw notRenewed(`the provider answered ${status}${said === '' ? '' : `, ${plainText(said, 200)}`}`)
}

function notRenewed(why: string): ClusterError {
  return new ClusterError('cluster/oidc', `the token of the user could not be renewed: ${why}`, { hint: LOG_IN })
}
