/** Builtins for certificates and private keys. */
import { decodeBase64, encodeBase64, fromBytes, readElements } from '@kubescape/go'

import { type Certificate, readCertificate, readCertificateRequest } from '../cryptography/certificate.ts'
import {
  certificateDocument,
  certificateWithUris,
  privateKeyDocument,
  requestDocument,
} from '../cryptography/certificate-json.ts'
import { findChain } from '../cryptography/chain.ts'
import { CryptographyError } from '../cryptography/failure.ts'
import { privateKeyJwk } from '../cryptography/jwk.ts'
import {
  type PrivateKey,
  type PublicKey,
  readEcPrivateKey,
  readPkcs8,
  readPrivateKey,
  readRsaPrivateKey,
} from '../cryptography/keys.ts'
import { type PemBlock, readPem, readPemBlocks } from '../cryptography/pem-blocks.ts'
import { understood } from '../cryptography/understood.ts'
import { ANY, BOOLEAN, STRING, arrayOf, objectOf, tuple } from '../types/type.ts'
import { type NumberValue, integerOf, isNumber } from '../values/number.ts'
import { type ObjectValue, RegoSet, type Value, get, keysOf } from '../values/value.ts'
import { failure, objectOperand, textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

const DOCUMENT = objectOf(STRING, ANY)
const VERIFIED = tuple(BOOLEAN, arrayOf(DOCUMENT))
/** What checking or making a signature costs, in steps. */
const SIGNATURE_STEPS = 10_000
const MOST_TEXT = 1 << 22
const PEM_START = '-----BEGIN'
const SERVER_AUTHENTICATION = 1

const KEY_USAGES: ReadonlyMap<string, number> = new Map(
  [
    'Any',
    'ServerAuth',
    'ClientAuth',
    'CodeSigning',
    'EmailProtection',
    'IPSECEndSystem',
    'IPSECTunnel',
    'IPSECUser',
    'TimeStamping',
    'OCSPSigning',
    'MicrosoftServerGatedCrypto',
    'NetscapeServerGatedCrypto',
    'MicrosoftCommercialCodeSigning',
    'MicrosoftKernelCodeSigning',
  ].map((name, usage) => [`KeyUsage${name}`, usage]),
)

/** What a verification of certificates demands, beside the time. */
interface Options {
  dnsName: string | undefined
  /** Seconds since 1970; undefined for the time of the evaluation. */
  time: number | undefined
  usages: readonly number[]
}

/** `crypto.x509.*` and `crypto.parse_private_keys`. */
export const X509: readonly Builtin[] = [
  define('crypto.x509.parse_certificates', [STRING], arrayOf(DOCUMENT), (context, text) =>
    guarded(() => certificatesIn(textOf(text, context)).map(describe)),
  ),
  define('crypto.x509.parse_and_verify_certificates', [STRING], VERIFIED, (context, text) =>
    verified(textOf(text, context), defaultOptions(), context, certificateWithUris),
  ),
  define(
    'crypto.x509.parse_and_verify_certificates_with_options',
    [STRING, DOCUMENT],
    VERIFIED,
    (context, text, options) =>
      verified(textOf(text, context), optionsIn(objectOperand(options, 2)), context, certificateDocument),
  ),
  define('crypto.x509.parse_certificate_request', [STRING], DOCUMENT, (context, text) =>
    guarded(() => requestDocument(readCertificateRequest(requestBytes(textOf(text, context))))),
  ),
  define('crypto.x509.parse_keypair', [STRING, STRING], DOCUMENT, (context, certificates, key) =>
    guarded(() => keyPair(textOf(certificates, context), textOf(key, context, 2), context)),
  ),
  define('crypto.x509.parse_rsa_private_key', [STRING], DOCUMENT, (context, text) =>
    guarded(() => firstKey(textOf(text, context), context)),
  ),
  define('crypto.parse_private_keys', [STRING], arrayOf(DOCUMENT), (context, text) =>
    guarded(() => privateKeys(textOf(text, context), context)),
  ),
]

function textOf(value: Value, context: BuiltinContext, place = 1): string {
  const text = textOperand(value, place)
  if (text.length > MOST_TEXT) throw failure('the text is too long for certificates and keys')
  context.spend(text.length)
  return text
}

/** Turns what is wrong with certificates and keys into an error of the builtin. */
function guarded<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof CryptographyError ? failure(error.message) : error
  }
}

function describe(certificate: Certificate): Value {
  return certificateWithUris(certificate, understood(certificate).known)
}

/** The certificates of a text: PEM, DER in base64, or PEM in base64. */
function certificatesIn(text: string): Certificate[] {
  if (text.startsWith(PEM_START)) return certificatesInPem(text)
  const bytes = bytesIn(text)
  const inner = fromBytes(bytes)
  if (inner.startsWith(PEM_START)) return certificatesInPem(inner)
  const elements = readElements(bytes)
  if (elements === undefined) throw new CryptographyError('x509: malformed certificate')
  return elements.map(({ whole }) => readCertificate(whole))
}

function certificatesInPem(text: string): Certificate[] {
  return readPemBlocks(text).map(({ label, bytes }) => {
    if (label !== 'CERTIFICATE') throw new CryptographyError(`PEM block type is '${label}', expected CERTIFICATE`)
    return readCertificate(bytes)
  })
}

function bytesIn(text: string): Uint8Array {
  const bytes = decodeBase64(text)
  if ('problem' in bytes) throw new CryptographyError(bytes.problem)
  return bytes
}

function requestBytes(text: string): Uint8Array {
  const block = text.startsWith(PEM_START) ? readPem(text) : undefined
  if (block?.label === 'CERTIFICATE REQUEST') return block.bytes
  const bytes = bytesIn(text)
  const inner = readPem(fromBytes(bytes))
  return inner?.label === 'CERTIFICATE REQUEST' ? inner.bytes : bytes
}

/** The first certificate is the root, the last one is looked at, the others may lie between them. */
function verified(
  text: string,
  options: Options,
  context: BuiltinContext,
  document: typeof certificateDocument,
): Value {
  const refused: Value = [false, []]
  try {
    const certificates = certificatesIn(text).map(understood)
    const [root, ...others] = certificates
    const leaf = others.pop()
    if (root === undefined || leaf === undefined) return refused
    const demands = { ...options, time: options.time ?? Number(context.now / 1_000_000_000n) }
    const chain = findChain(leaf, others, root, demands, () => context.spend(SIGNATURE_STEPS))
    if (chain === undefined) return refused
    return [true, chain.map(({ certificate, known }) => document(certificate, known))]
  } catch (error) {
    if (error instanceof CryptographyError) return refused
    throw error
  }
}

function defaultOptions(): Options {
  return { dnsName: undefined, time: undefined, usages: [SERVER_AUTHENTICATION] }
}

function optionsIn(object: ObjectValue): Options {
  const options = defaultOptions()
  for (const key of keysOf(object)) {
    const value = get(object, key) as Value
    switch (key) {
      case 'DNSName':
        if (typeof value !== 'string') throw failure("'DNSName' should be a string")
        options.dnsName = value === '' ? undefined : value
        break
      case 'CurrentTime':
        if (!isNumber(value)) throw failure("'CurrentTime' should be a number")
        options.time = secondsOf(value)
        break
      case 'MaxConstraintComparisons':
        if (!isNumber(value)) throw failure("'MaxConstraintComparisons' should be a number")
        break
      case 'KeyUsages':
        options.usages = usagesIn(value)
        break
      default:
        throw failure('invalid key option')
    }
  }
  return options
}

function usagesIn(value: Value): readonly number[] {
  const items = value instanceof RegoSet ? value.values() : value
  if (!Array.isArray(items)) throw failure("'KeyUsages' should be an array or a set")
  const names = items as readonly Value[]
  const texts = names.filter((name) => typeof name === 'string')
  const unknown = texts.filter((name) => !KEY_USAGES.has(name))
  if (unknown.length > 0) {
    throw failure(
      `invalid entries for 'KeyUsages' found: [${unknown.map((name) => JSON.stringify(name).replaceAll('"', '')).join(' ')}]`,
    )
  }
  return texts.length === 0 ? [SERVER_AUTHENTICATION] : texts.map((name) => KEY_USAGES.get(name) as number)
}

/** Seconds since 1970 of nanoseconds. */
function secondsOf(value: NumberValue): number {
  const nanoseconds = integerOf(value)
  if (nanoseconds === undefined || BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
    throw failure("'CurrentTime' should be a valid int64 number")
  }
  return Number(nanoseconds / 1_000_000_000n)
}

function keyPair(certificates: string, key: string, context: BuiltinContext): Value {
  const chain = certificatesIn(certificates)
  const [leaf] = chain
  if (leaf === undefined) throw new CryptographyError('x509: malformed certificate')
  const [block] = keyBlocks(key)
  context.spend(SIGNATURE_STEPS)
  const privateKey = readPrivateKey(block === undefined ? bytesIn(key) : block.bytes)
  match(leaf.publicKey, privateKey)
  return {
    Certificate: chain.map(({ raw }) => encodeBase64(raw.whole)),
    PrivateKey: privateKeyDocument(privateKey),
    Leaf: certificateDocument(leaf, understood(leaf).known),
    OCSPStaple: null,
    SignedCertificateTimestamps: null,
    SupportedSignatureAlgorithms: null,
  }
}

/** Holds a private key against the public key of a certificate. */
function match(publicKey: PublicKey | undefined, privateKey: PrivateKey): void {
  if (publicKey?.kind !== privateKey.kind) {
    throw new CryptographyError('tls: private key type does not match public key type')
  }
  const isSame =
    publicKey.kind === 'RSA'
      ? privateKey.kind === 'RSA' && publicKey.modulus === privateKey.modulus
      : bytesOfKey(publicKey) === bytesOfKey(privateKey)
  if (!isSame) throw new CryptographyError('tls: private key does not match public key')
}

function bytesOfKey(key: PublicKey | PrivateKey): string {
  return key.kind === 'EC' ? key.point.join() : key.kind === 'Ed25519' ? key.bytes.join() : ''
}

function keyBlocks(text: string): PemBlock[] {
  if (text.startsWith(PEM_START)) return readPemBlocks(text)
  return readPemBlocks(fromBytes(bytesIn(text)))
}

/** The first private key as a JWK. */
function firstKey(text: string, context: BuiltinContext): Value {
  if (text === '') throw new CryptographyError('input PEM data was empty')
  for (const block of keyBlocks(text)) {
    context.spend(SIGNATURE_STEPS)
    const key = keyIn(block)
    if (key !== undefined) return privateKeyJwk(key)
  }
  return null
}

function privateKeys(text: string, context: BuiltinContext): Value {
  if (text === '') return null
  const decoded = text.startsWith(PEM_START) ? undefined : decodeBase64(text)
  const pem = decoded === undefined || 'problem' in decoded ? text : fromBytes(decoded)
  const documents: Value[] = []
  for (const block of readPemBlocks(pem)) {
    context.spend(SIGNATURE_STEPS)
    const key = keyIn(block)
    if (key !== undefined) documents.push(privateKeyDocument(key))
  }
  return documents
}

/** The private key of a block; undefined where the block is of another kind. */
function keyIn({ label, bytes }: PemBlock): PrivateKey | undefined {
  switch (label) {
    case 'RSA PRIVATE KEY':
      return readRsaPrivateKey(bytes)
    case 'EC PRIVATE KEY':
      return readEcPrivateKey(bytes)
    case 'PRIVATE KEY':
      return readPkcs8(bytes)
    default:
      return undefined
  }
}
