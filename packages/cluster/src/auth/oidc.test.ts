/** Tokens of an OpenID Connect provider, one on loopback. */
import { expect, onTestFinished, test } from 'vitest'

import type { Value } from '@kubescape/resources'

import { testCertificates } from '../../testing/certificates.ts'
import { startApi, type Reply } from '../../testing/fake-api.ts'
import { base64, targetOf } from '../../testing/targets.ts'
import { connect } from '../connect.ts'

const { ca, server } = testCertificates()

const now = Math.floor(Date.now() / 1000)

function idToken(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [part({ alg: 'RS256' }), part(claims), 'c2lnbmF0dXJl'].join('.')
}

interface Asking {
  readonly config: Record<string, string>
  /** More of what the provider says of itself. */
  readonly provides?: Record<string, Value>
}

interface Result {
  /** What the server got. */
  readonly sent: (string | undefined)[]
  readonly fresh: string
  /** What the provider got: forms, and headers. */
  readonly forms: { form: Record<string, string>; authorization: string | undefined }[]
}

/** Asks a server twice as a user of a provider that gives a fresh token for the refresh token `again`. */
async function ask({ config, provides = {} }: Asking): Promise<Result> {
  let fresh = ''
  const provider = await startApi(
    ({ path, body }): Reply => {
      const issuer = provider.url
      if (path === '/.well-known/openid-configuration') {
        return { body: { issuer, token_endpoint: `${issuer}/token`, ...provides } }
      }
      if (new URLSearchParams(body).get('refresh_token') !== 'again') {
        return { status: 400, body: { error: 'invalid_grant', error_description: 'it was used before' } }
      }
      fresh = idToken({ iss: issuer, aud: 'kubernetes', sub: 'jane', exp: now + 3600 })
      return { body: { token_type: 'bearer', access_token: 'x', id_token: fresh, refresh_token: 'next' } }
    },
    { tls: server },
  )
  const api = await startApi(() => ({ body: {} }))
  const usual = { 'idp-certificate-authority-data': base64(ca), 'idp-issuer-url': provider.url, 'client-id': 'kube' }
  const user = { authProvider: { name: 'oidc', config: { ...usual, ...config } } }
  const kube = connect(targetOf(api.url, user), { env: {} })
  onTestFinished(async () => {
    kube.close()
    await api.close()
    await provider.close()
  })
  await kube.get('/')
  await kube.get('/')
  const forms = provider.asked
    .filter(({ method }) => method === 'POST')
    .map(({ body, headers }) => ({
      form: Object.fromEntries(new URLSearchParams(body)),
      authorization: headers.authorization,
    }))
  return { sent: api.asked.map(({ headers }) => headers.authorization), fresh, forms }
}

const over = idToken({ exp: now - 10 })

test('a token that is good is used', async () => {
  const token = idToken({ exp: now + 3600 })
  expect(await ask({ config: { 'id-token': token } })).toMatchObject({
    sent: [`Bearer ${token}`, `Bearer ${token}`],
    forms: [],
  })
})

test('a token that is over is renewed once', async () => {
  const { sent, fresh, forms } = await ask({ config: { 'id-token': over, 'refresh-token': 'again' } })
  expect(fresh).not.toBe('')
  expect(sent).toEqual([`Bearer ${fresh}`, `Bearer ${fresh}`])
  const form = { grant_type: 'refresh_token', refresh_token: 'again', client_id: 'kube' }
  expect(forms).toEqual([{ form, authorization: undefined }])
})

test.each<[string, Record<string, Value>, Result['forms'][number]]>([
  [
    'header',
    {},
    {
      form: { grant_type: 'refresh_token', refresh_token: 'again' },
      authorization: `Basic ${base64('kube:s%3Acret')}`,
    },
  ],
  [
    'form',
    { token_endpoint_auth_methods_supported: ['client_secret_post'] },
    {
      form: { grant_type: 'refresh_token', refresh_token: 'again', client_id: 'kube', client_secret: 's:cret' },
      authorization: undefined,
    },
  ],
])('a client with a secret proves it in a %s, as the provider likes it', async (_, provides, expected) => {
  const config = { 'id-token': over, 'refresh-token': 'again', 'client-secret': 's:cret' }
  expect((await ask({ config, provides })).forms).toEqual([expected])
})

test.each<[string, Asking, string, string]>([
  [
    'was used before',
    { config: { 'refresh-token': 'used' } },
    'cluster/oidc',
    'could not be renewed: the provider answered 400, invalid_grant: it was used before',
  ],
  ['is not there', { config: {} }, 'cluster/expired-token', 'the token of the user has expired'],
  [
    'would travel in the clear',
    { config: { 'refresh-token': 'again' }, provides: { token_endpoint: 'http://127.0.0.1:1/' } },
    'cluster/oidc',
    'does not begin with https:// (http://127.0.0.1:1/)',
  ],
  [
    'is for a provider that is not trusted',
    { config: { 'refresh-token': 'again', 'idp-certificate-authority-data': '' } },
    'cluster/unknown-authority',
    'is signed by an authority that is not trusted',
  ],
])('a refresh token that %s is of no help', async (_, asking, code, message) => {
  const failing = ask({ ...asking, config: { 'id-token': over, ...asking.config } })
  await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string })
})

test.each([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'kubelogin'],
  ['other', 'credential plugin'],
])('a provider of the kind %s is refused with what to do', async (name, hint) => {
  const kube = connect(targetOf('http://127.0.0.1:1', { authProvider: { name, config: {} } }), { env: {} })
  await expect(kube.get('/')).rejects.toMatchObject({
    code: 'cluster/unknown-auth-provider',
    hint: expect.stringContaining(hint) as string,
  })
})
