/** Certificates of authorities that a flag says to trust. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { Failure } from '../failure.ts'

/**
 * The certificates in a file, as PEM; `flag` named it.
 * @throws {Failure} for files that cannot be read, and certificates that are none
 */
export function readAuthorities(file: string, flag: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`${flag} cannot be read: ${why}`, 'Give a file of certificates, as PEM.')
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new Failure(
      certificates.length === 0
        ? `${flag} ${file} holds no certificate`
        : `${flag} ${file} holds a certificate that cannot be read`,
      'Give the certificate of the authority that signed the one of the server, as PEM.',
    )
  }
  return certificates.join('\n')
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined
  } catch {
    return false
  }
}
