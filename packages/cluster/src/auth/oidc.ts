/** Tokens of an OpenID Connect provider: the one of the configuration, or a fresh one for its refresh token. */
import type { UserEntry } from '../access.ts'
import { ClusterError } from '../errors.ts'
import { plainText } from '../plain-text.ts'
import type { Credential } from './credential.ts'
import { tokenExpiry } from './expiry.ts'

const REMOVED: Readonly<Record<string, string>> = {
  gcp: 'Run: gcloud container clusters get-credentials, with gke-gcloud-auth-plugin installed.',
  azure: 'Run: kubelogin convert-kubeconfig.',
}

/**
 * A proof by the `auth-provider` of a user. The fresh refresh token that some providers give is not written back: it is good
 * for this process only.
 */
export async function refreshOidc({ name, config }: NonNullable<UserEntry['authProvider']>): Promise<Credential> {
  if (name !== 'oidc') {
    throw new ClusterError('cluster/unknown-auth-provider', `the auth-provider ${name} of the user is not supported`, {
      hint: REMOVED[name] ?? 'Use a credential plugin (exec) in its place.',
    })
  }
  // The client library is large; nothing else is needed of it.
  const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js')
  const provider = new OpenIDConnectAuth()
  const headers: Record<string, string> = {}
  try {
    await provider.applyAuthentication({ name: '', authProvider: { name, config: { ...config } } }, { headers })
  } catch (error) {
    const why = plainText(error instanceof Error ? error.message : String(error), 300)
    throw new ClusterError('cluster/oidc', `the token of the user could not be renewed: ${why}`, {
      hint: 'Log in again with the tool that wrote this context.',
      cause: error,
    })
  }
  const authorization = headers['Authorization']
  if (authorization === undefined) {
    throw new ClusterError(
      'cluster/expired-token',
      'the token of the user has expired, and there is none to renew it with',
      {
        hint: 'Log in again with the tool that wrote this context.',
      },
    )
  }
  const expiresAt = tokenExpiry(authorization)
  return expiresAt === undefined ? { authorization } : { authorization, expiresAt }
}
