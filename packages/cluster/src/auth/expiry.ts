/** Says when a refused proof ended, where it can be told from the proof. */
import { X509Certificate } from 'node:crypto'

import type { Credential } from './credential.ts'

/** What has expired and when (milliseconds since 1970); undefined where nothing has, as far as one can see. */
export function expiryOf({ authorization, certificate, expiresAt }: Credential, now: number): Expiry | undefined {
  const token = tokenExpiry(authorization) ?? expiresAt
  if (token !== undefined && token <= now) return { what: 'token', at: token }
  const end = certificate === undefined ? Number.NaN : certificateExpiry(certificate.cert)
  return end <= now ? { what: 'client certificate', at: end } : undefined
}

/** Something that is over. */
export interface Expiry {
  readonly what: 'token' | 'client certificate'
  readonly at: number
}

/** The `exp` of a JSON Web Token in a header (RFC 7519, 4.1.4), as milliseconds since 1970. Other tokens do not tell. */
export function tokenExpiry(authorization: string | undefined): number | undefined {
  const [, claims] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '') ?? []
  if (claims === undefined) return undefined
  try {
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : undefined
  } catch {
    return undefined
  }
}

function certificateExpiry(pem: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo)
  } catch {
    return Number.NaN
  }
}
