/** Certificates and keys: files in PEM, or PEM in base64. */
import { readFileSync } from 'node:fs'

import { getCACertificates } from 'node:tls'

import type { UserEntry } from '../access.ts'
import { ClusterError } from '../errors.ts'

/** The client certificate of a user. Throws `ClusterError` where one half is missing or cannot be read. */
export function readCertificate(user: Pick<UserEntry, 'certFile' | 'certData' | 'keyFile' | 'keyData'>): {
  cert: string
  key: string
} {
  const cert = readPem(user.certFile, user.certData, 'client-certificate')
  const key = readPem(user.keyFile, user.keyData, 'client-key')
  if (cert === undefined || key === undefined) {
    const [there, missing] = cert === undefined ? ['key', 'certificate'] : ['certificate', 'key']
    throw new ClusterError('cluster/malformed-credentials', `the user has a client ${there} but no client ${missing}`)
  }
  return { cert, key }
}

/** Certificates of authorities, in a file or in base64. */
interface Authorities {
  readonly caFile?: string | undefined
  readonly caData?: string | undefined
}

/** The certificates that vouch for the server; undefined where the configuration names none. */
export function readAuthorities({ caFile, caData }: Authorities): string | undefined {
  return readPem(caFile, caData, 'certificate-authority')
}

/** Who is trusted where the configuration does not say: as for kubectl, the authorities of the system; and those of Node.js. */
export function trustedAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
}

/** Data beats the file, as in kubectl. */
function readPem(file: string | undefined, data: string | undefined, field: string): string | undefined {
  if (data) return checked(Buffer.from(data, 'base64').toString('latin1'), `${field}-data`)
  if (!file) return undefined
  return checked(readCredentialFile(file, field), `${field} (${file})`)
}

function checked(pem: string, field: string): string {
  if (pem.includes('-----BEGIN ')) return pem
  throw new ClusterError('cluster/malformed-credentials', `${field} holds nothing in PEM`, {
    hint: field.endsWith('-data') ? 'It is the file, -----BEGIN and all, in base64.' : 'It begins with -----BEGIN.',
  })
}

/** The text of a file that the configuration names. Throws `ClusterError` with its path when it cannot be read. */
export function readCredentialFile(file: string, field: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = 'it could not be read' } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    throw new ClusterError('cluster/unreadable-credentials', `${field} of the configuration ${why}: ${file}`)
  }
}
