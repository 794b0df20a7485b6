/** Certificates together with what their extensions say. */
import type { Certificate } from './certificate.ts'
import { type KnownExtensions, understand } from './extensions.ts'

/** A certificate and what its extensions say. */
export interface Understood {
  readonly certificate: Certificate
  readonly known: KnownExtensions
}

/**
 * A certificate with what its extensions say.
 * @throws {CryptographyError} where one that is known is malformed
 */
export function understood(certificate: Certificate): Understood {
  return { certificate, known: understand(certificate.extensions) }
}
