/** Certificates for tests, made by openssl when they are asked for. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate and its key, in PEM. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

/** An authority, and what it has signed. */
export interface TestCertificates {
  readonly ca: string
  /** For `localhost`, `127.0.0.1` and `kube.test`. */
  readonly server: Pair
  /** As `server`, and over. */
  readonly expired: Pair
  /** For `elsewhere.test` only. */
  readonly elsewhere: Pair
  readonly client: Pair
  readonly otherClient: Pair
  readonly expiredClient: Pair
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

let made: TestCertificates | undefined

/** The certificates, made once per process. */
export function testCertificates(): TestCertificates {
  made ??= make()
  return made
}

function make(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-certificates-'))
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const pair = (name: string, days: number, names: string): Pair => {
    openssl(
      'req',
      ...NEW_KEY,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      names,
    )
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy']
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-days', `${days}`, '-out', `${name}.crt`)
    return { cert: text(`${name}.crt`), key: text(`${name}.key`) }
  }
  const here = 'subjectAltName=DNS:localhost,DNS:kube.test,IP:127.0.0.1'
  try {
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '30',
      '-subj',
      '/CN=test authority',
    )
    return {
      ca: text('ca.crt'),
      server: pair('server', 30, here),
      expired: pair('expired', -1, here),
      elsewhere: pair('elsewhere', 30, 'subjectAltName=DNS:elsewhere.test'),
      client: pair('client', 30, here),
      otherClient: pair('other-client', 30, here),
      expiredClient: pair('expired-client', -1, here),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
