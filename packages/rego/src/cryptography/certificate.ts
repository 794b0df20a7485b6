/** Certificates and certificate requests of X.509: RFC 5280 and RFC 2986. */
import { type DerElement, TAG } from '@kubescape/go'

import { Fields, fieldsOf, integerOf, objectIdOf, secondsOf, textOf } from './der-fields.ts'
import { type Extension, readExtensions } from './extensions.ts'
import { CryptographyError } from './failure.ts'
import { type PublicKey, readPublicKey } from './keys.ts'

/** A part of a name: `2.5.4.3` is the common name. */
export interface NamePart {
  readonly id: string
  readonly value: string
}

/** The DER of parts of what was read. */
interface Raw {
  readonly whole: Uint8Array
  /** What the signature is over. */
  readonly signed: Uint8Array
  readonly publicKey: Uint8Array
  readonly subject: Uint8Array
}

/** What certificates and requests have in common. */
interface Signed {
  readonly subject: readonly NamePart[]
  /** Undefined where the algorithm is unknown. */
  readonly publicKey: PublicKey | undefined
  readonly publicKeyAlgorithm: string
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly extensions: readonly Extension[]
}

/** How something is signed: an identifier, and the DER of parameters. */
export interface SignatureAlgorithm {
  readonly id: string
  readonly parameters: Uint8Array | undefined
}

export interface Certificate extends Signed {
  readonly raw: Raw & { readonly issuer: Uint8Array }
  readonly version: number
  readonly serialNumber: bigint
  readonly issuer: readonly NamePart[]
  /** Seconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
}

export interface CertificateRequest extends Signed {
  readonly raw: Raw
  readonly version: number
  /** The DER of its attributes, one by one. */
  readonly attributes: readonly DerElement[]
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

/**
 * Reads one certificate.
 * @throws {CryptographyError}
 */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = fieldsOf(der, 'certificate')
  const signed = outer.required(TAG.sequence)
  const body = fieldsOf(signed.whole, 'tbs certificate')
  const versionField = body.optional(0xa0)
  const version = versionField === undefined ? 0 : Number(integerOf(only(versionField, 'version')))
  if (version < 0 || version > 2) throw new CryptographyError('x509: invalid version')
  const serialNumber = body.integer()
  const innerAlgorithm = body.required(TAG.sequence)
  const issuer = body.required(TAG.sequence)
  const validity = body.sequence()
  const [notBefore, notAfter] = [secondsOf(validity.any()), secondsOf(validity.any())]
  if (notBefore === undefined || notAfter === undefined) throw new CryptographyError('x509: malformed validity')
  const subject = body.required(TAG.sequence)
  const key = body.required(TAG.sequence)
  body.optional(0x81)
  body.optional(0x82)
  const extensions = body.optional(0xa3)
  const outerAlgorithm = outer.required(TAG.sequence)
  if (!sameBytes(innerAlgorithm.whole, outerAlgorithm.whole)) {
    throw new CryptographyError('x509: inner and outer signature algorithm identifiers do not match')
  }
  const signature = outer.bits()
  return {
    raw: { whole: der, signed: signed.whole, publicKey: key.whole, subject: subject.whole, issuer: issuer.whole },
    version: version + 1,
    serialNumber,
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore,
    notAfter,
    publicKey: readPublicKey(key.whole),
    publicKeyAlgorithm: algorithmOf(key),
    signatureAlgorithm: readAlgorithm(outerAlgorithm),
    signature,
    extensions: extensions === undefined || version < 1 ? [] : readExtensions(only(extensions, 'extensions')),
  }
}

/**
 * Reads a certificate request.
 * @throws {CryptographyError}
 */
export function readCertificateRequest(der: Uint8Array): CertificateRequest {
  if (der.length === 0) throw new CryptographyError('asn1: syntax error: sequence truncated')
  const outer = fieldsOf(der, 'certificate request')
  const signed = outer.required(TAG.sequence)
  const body = fieldsOf(signed.whole, 'certificate request')
  const version = Number(body.integer())
  const subject = body.required(TAG.sequence)
  const key = body.required(TAG.sequence)
  const attributes = [...(body.isDone ? [] : body.sequence(0xa0).rest())]
  const algorithm = outer.required(TAG.sequence)
  return {
    raw: { whole: der, signed: signed.whole, publicKey: key.whole, subject: subject.whole },
    version,
    subject: readName(subject),
    publicKey: readPublicKey(key.whole),
    publicKeyAlgorithm: algorithmOf(key),
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: outer.bits(),
    attributes,
    extensions: attributes.flatMap(requestedExtensions),
  }
}

function requestedExtensions({ whole }: DerElement): readonly Extension[] {
  const attribute = fieldsOf(whole, 'attribute')
  if (attribute.objectId() !== EXTENSION_REQUEST) return []
  return readExtensions(attribute.sequence(TAG.set).required(TAG.sequence))
}

/** The algorithm of a public key. */
function algorithmOf(key: DerElement): string {
  return fieldsOf(key.whole, 'public key').sequence().objectId()
}

function readAlgorithm({ whole }: DerElement): SignatureAlgorithm {
  const fields = fieldsOf(whole, 'algorithm identifier')
  const id = fields.objectId()
  return { id, parameters: fields.isDone ? undefined : fields.any().whole }
}

/** The parts of a name in their order, also where several stand side by side. */
function readName(name: DerElement): NamePart[] {
  const parts: NamePart[] = []
  for (const set of fieldsOf(name.whole, 'name').rest()) {
    if (set.tag !== TAG.set) throw new CryptographyError('x509: invalid RDNSequence')
    for (const part of new Fields(set.content, 'name').rest()) {
      const fields = fieldsOf(part.whole, 'name')
      const id = objectIdOf(fields.required(TAG.object).content)
      const value = textOf(fields.any())
      if (value === undefined) throw new CryptographyError('x509: invalid RDNSequence: invalid attribute value')
      parts.push({ id, value })
    }
  }
  return parts
}

/** The one element within another. */
function only(element: DerElement, what: string): DerElement {
  const fields = new Fields(element.content, what)
  const inner = fields.any()
  if (!fields.isDone) throw fields.malformed()
  return inner
}

/** Whether two runs of bytes are the same. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}
