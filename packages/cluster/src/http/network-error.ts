/** Errors of sockets, names and TLS as sentences. Codes: Node.js documentation, "Errors"; OpenSSL, X509_STORE_CTX_get_error. */
import { ClusterError } from '../errors.ts'

/** Where a request was going, for people: `host:port` of the server or of the proxy before it. */
interface Peer {
  readonly address: string
  readonly proxy: string | undefined
}

interface Meaning {
  readonly code: string
  readonly message: (peer: string, detail: string) => string
  readonly hint?: string
  readonly retryable?: boolean
}

const CHECK_SERVER = 'Check the server of this context (kubectl config view --minify), and that the cluster is running.'

const REFUSED: Meaning = {
  code: 'cluster/refused',
  message: (peer) => `nothing answers at ${peer}: the connection was refused`,
  hint: CHECK_SERVER,
  retryable: true,
}

const UNKNOWN_HOST: Meaning = {
  code: 'cluster/unknown-host',
  message: (peer) => `the address of ${peer} is not known: its name could not be resolved`,
  hint: 'Check the name, and whether the cluster needs a VPN or a proxy.',
  retryable: true,
}

const UNREACHABLE: Meaning = {
  code: 'cluster/unreachable',
  message: (peer) => `${peer} cannot be reached from this network`,
  hint: 'Check whether the cluster needs a VPN or a proxy.',
  retryable: true,
}

const RESET: Meaning = {
  code: 'cluster/reset',
  message: (peer) => `${peer} closed the connection before it had answered`,
  retryable: true,
}

const UNKNOWN_AUTHORITY: Meaning = {
  code: 'cluster/unknown-authority',
  message: (peer) => `the certificate of ${peer} is signed by an authority that is not trusted`,
  hint: 'Give its certificate as certificate-authority or certificate-authority-data of the cluster.',
}

const EXPIRED: Meaning = {
  code: 'cluster/expired-certificate',
  message: (peer) => `the certificate of ${peer} is expired, or not valid yet`,
  hint: "Check this machine's clock; otherwise the server needs a new certificate.",
}

const WRONG_HOST: Meaning = {
  code: 'cluster/wrong-host',
  message: (peer, detail) => `the certificate of ${peer} is for another host${detail}`,
  hint: 'Use an address that the certificate names, or set tls-server-name of the cluster to one of its names.',
}

const CLIENT_CERTIFICATE: Meaning = {
  code: 'cluster/client-certificate',
  message: (peer) => `${peer} wants a client certificate that it knows, and refused the connection`,
  hint: 'Check client-certificate and client-key of the user; they may be expired or of another cluster.',
}

const NO_TLS: Meaning = {
  code: 'cluster/no-tls',
  message: (peer) => `${peer} does not speak TLS as expected`,
  hint: 'Check whether the server is meant to be http:// rather than https://, and its port.',
}

const NO_HTTP: Meaning = {
  code: 'cluster/no-http',
  message: (peer) => `what answers at ${peer} does not speak HTTP`,
  hint: CHECK_SERVER,
}

const MEANINGS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/^ECONNREFUSED$/, REFUSED],
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA)$/, UNKNOWN_HOST],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|ETIMEDOUT)$/, UNREACHABLE],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_INVALID_EOF_STATE)$/, RESET],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, EXPIRED],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, WRONG_HOST],
  [/^ERR_SSL_(?:SSL|TLS)V\d+_ALERT_(?:\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED)$/, CLIENT_CERTIFICATE],
  [/^(?:ERR_SSL_\w+|EPROTO)$/, NO_TLS],
  [/^HPE_\w+$/, NO_HTTP],
  [/^(?:UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|CERT_\w+|INVALID_CA|PATH_LENGTH_EXCEEDED)$/, UNKNOWN_AUTHORITY],
]

/** The error as one that people understand; errors that are so already are passed through. */
export function asNetworkError(error: unknown, { address, proxy }: Peer): Error {
  if (error instanceof ClusterError) return error
  const code = codeOf(error)
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1]
  const peer = proxy === undefined ? address : `${address} (through the proxy ${proxy})`
  if (meaning === undefined) {
    const what = error instanceof Error && error.message !== '' ? error.message : code
    return new ClusterError('cluster/connection', `the connection to ${peer} failed: ${what}`, { cause: error })
  }
  const { hint, retryable = false } = meaning
  const message = meaning.message(peer, namesOf(error))
  return new ClusterError(meaning.code, message, { retryable, cause: error, ...(hint === undefined ? {} : { hint }) })
}

/** Several addresses were tried in vain: they failed alike, or the first one tells enough. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** The names that a certificate is for, where the error tells. */
function namesOf(error: unknown): string {
  const certificate =
    typeof error === 'object' && error !== null && 'cert' in error ? (error.cert as { subjectaltname?: string }) : {}
  const names = certificate.subjectaltname?.replaceAll(/(?:DNS|IP Address):/g, '').slice(0, 200)
  return names === undefined ? '' : `: it names ${names}`
}
