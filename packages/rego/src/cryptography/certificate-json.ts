/** Certificates, requests and keys as documents, in the layout that Go's `encoding/json` gives its types. */
import { encodeBase64, formatTime, printAddress, civilOf, type Url } from '@kubescape/go'

import { integer } from '../values/number.ts'
import type { PlainObject, Value } from '../values/value.ts'
import type { Certificate, CertificateRequest, NamePart, SignatureAlgorithm } from './certificate.ts'
import { Fields, fieldsOf, objectIdNumbers, textOf, unsignedOf } from './der-fields.ts'
import { type AddressRange, type Extension, type KnownExtensions, readAlternativeNames } from './extensions.ts'
import type { PrivateKey, PublicKey } from './keys.ts'
import { schemeOf } from './signature-algorithms.ts'

/** Go's numbers for algorithms of public keys. */
const KEY_ALGORITHMS: ReadonlyMap<string, number> = new Map([
  ['1.2.840.113549.1.1.1', 1],
  ['1.2.840.10040.4.1', 2],
  ['1.2.840.10045.2.1', 3],
  ['1.3.101.112', 4],
])

/** Go's numbers for what keys may be used for. */
export const EXTENDED_KEY_USAGES: ReadonlyMap<string, number> = new Map([
  ['2.5.29.37.0', 0],
  ['1.3.6.1.5.5.7.3.1', 1],
  ['1.3.6.1.5.5.7.3.2', 2],
  ['1.3.6.1.5.5.7.3.3', 3],
  ['1.3.6.1.5.5.7.3.4', 4],
  ['1.3.6.1.5.5.7.3.5', 5],
  ['1.3.6.1.5.5.7.3.6', 6],
  ['1.3.6.1.5.5.7.3.7', 7],
  ['1.3.6.1.5.5.7.3.8', 8],
  ['1.3.6.1.5.5.7.3.9', 9],
  ['1.3.6.1.4.1.311.10.3.3', 10],
  ['2.16.840.1.113730.4.1', 11],
  ['1.3.6.1.4.1.311.2.1.22', 12],
  ['1.3.6.1.4.1.311.61.1.1', 13],
])

/** A certificate without the texts of its URIs, as Go writes it. */
export function certificateDocument(certificate: Certificate, known: KnownExtensions): PlainObject {
  const { raw } = certificate
  const usages = known.extendedKeyUsage.map((id) => EXTENDED_KEY_USAGES.get(id))
  const unknownUsages = known.extendedKeyUsage.filter((id) => !EXTENDED_KEY_USAGES.has(id))
  const constraints = known.basicConstraints
  const pathLength = constraints === undefined ? 0 : (constraints.pathLength ?? -1)
  return {
    ...signedDocument(certificate),
    ...namesDocument(known),
    Raw: base64(raw.whole),
    RawTBSCertificate: base64(raw.signed),
    RawSubjectPublicKeyInfo: base64(raw.publicKey),
    RawSubject: base64(raw.subject),
    RawIssuer: base64(raw.issuer),
    Version: certificate.version,
    SerialNumber: integer(certificate.serialNumber),
    Issuer: nameDocument(certificate.issuer),
    NotBefore: timeText(certificate.notBefore),
    NotAfter: timeText(certificate.notAfter),
    KeyUsage: known.keyUsage,
    UnhandledCriticalExtensions: list(known.unhandledCritical.map(objectIdNumbers)),
    ExtKeyUsage: list(usages.filter((usage) => usage !== undefined)),
    UnknownExtKeyUsage: list(unknownUsages.map(objectIdNumbers)),
    BasicConstraintsValid: constraints !== undefined,
    IsCA: constraints?.isAuthority === true,
    MaxPathLen: pathLength,
    MaxPathLenZero: constraints !== undefined && pathLength === 0,
    SubjectKeyId: base64(known.subjectKeyId),
    AuthorityKeyId: base64(known.authorityKeyId),
    OCSPServer: list(known.ocspServers),
    IssuingCertificateURL: list(known.issuingCertificateUrls),
    PermittedDNSDomainsCritical: known.areNameConstraintsCritical,
    PermittedDNSDomains: list(known.permitted.dnsDomains),
    ExcludedDNSDomains: list(known.excluded.dnsDomains),
    PermittedIPRanges: list(known.permitted.ipRanges.map(rangeDocument)),
    ExcludedIPRanges: list(known.excluded.ipRanges.map(rangeDocument)),
    PermittedEmailAddresses: list(known.permitted.emailAddresses),
    ExcludedEmailAddresses: list(known.excluded.emailAddresses),
    PermittedURIDomains: list(known.permitted.uriDomains),
    ExcludedURIDomains: list(known.excluded.uriDomains),
    CRLDistributionPoints: list(known.crlDistributionPoints),
    PolicyIdentifiers: list(known.policies.map(objectIdNumbers)),
    Policies: list(known.policies),
    PolicyMappings: list(
      known.policyMappings.map(([issuer, subject]) => ({ IssuerDomainPolicy: issuer, SubjectDomainPolicy: subject })),
    ),
    InhibitAnyPolicy: known.inhibitAnyPolicy ?? 0,
    InhibitAnyPolicyZero: known.inhibitAnyPolicy === 0,
    InhibitPolicyMapping: known.inhibitPolicyMapping ?? 0,
    InhibitPolicyMappingZero: known.inhibitPolicyMapping === 0,
    RequireExplicitPolicy: known.requireExplicitPolicy ?? 0,
    RequireExplicitPolicyZero: known.requireExplicitPolicy === 0,
  }
}

/** A certificate with the texts of its URIs, as policies see it. */
export function certificateWithUris(certificate: Certificate, known: KnownExtensions): PlainObject {
  return { ...certificateDocument(certificate, known), URIStrings: list(known.uris.map(({ text }) => text)) }
}

/** A certificate request. */
export function requestDocument(request: CertificateRequest): PlainObject {
  const names = request.extensions.find(({ id }) => id === '2.5.29.17')
  return {
    ...signedDocument(request),
    ...namesDocument(
      names === undefined
        ? { dnsNames: [], emailAddresses: [], ipAddresses: [], uris: [] }
        : readAlternativeNames(names.value),
    ),
    Raw: base64(request.raw.whole),
    RawTBSCertificateRequest: base64(request.raw.signed),
    RawSubjectPublicKeyInfo: base64(request.raw.publicKey),
    RawSubject: base64(request.raw.subject),
    Version: request.version,
    Attributes: list(request.attributes.flatMap(({ whole }) => attributeDocument(whole))),
  }
}

/** A private key. */
export function privateKeyDocument(key: PrivateKey): Value {
  switch (key.kind) {
    case 'RSA': {
      const [p = 1n, q = 1n] = key.primes
      return {
        N: integer(key.modulus),
        E: integer(key.exponent),
        D: integer(key.privateExponent),
        Primes: key.primes.map(integer),
        Precomputed: {
          Dp: integer(key.privateExponent % (p - 1n)),
          Dq: integer(key.privateExponent % (q - 1n)),
          Qinv: integer(inverse(q, p)),
          CRTValues: [],
        },
      }
    }
    case 'EC':
      return { ...pointDocument(key.point), D: integer(key.scalar) }
    default:
      return base64(Uint8Array.from([...key.seed, ...key.bytes]))
  }
}

/** The number whose product with `value` is one more than a multiple of a prime. */
export function inverse(value: bigint, prime: bigint): bigint {
  let [low, high] = [((value % prime) + prime) % prime, prime]
  let [factor, next] = [1n, 0n]
  while (low > 1n) {
    const quotient = high / low
    ;[high, low] = [low, high % low]
    if (low === 0n) return 0n
    ;[next, factor] = [factor, next - quotient * factor]
  }
  return ((factor % prime) + prime) % prime
}

interface Signed {
  readonly subject: readonly NamePart[]
  readonly publicKey: PublicKey | undefined
  readonly publicKeyAlgorithm: string
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly extensions: readonly Extension[]
}

function signedDocument(signed: Signed): PlainObject {
  return {
    Signature: base64(signed.signature),
    SignatureAlgorithm: schemeOf(signed.signatureAlgorithm)?.number ?? 0,
    PublicKeyAlgorithm: KEY_ALGORITHMS.get(signed.publicKeyAlgorithm) ?? 0,
    PublicKey: publicKeyDocument(signed.publicKey),
    Subject: nameDocument(signed.subject),
    Extensions: list(
      signed.extensions.map(({ id, isCritical, value }) => ({
        Id: objectIdNumbers(id),
        Critical: isCritical,
        Value: base64(value),
      })),
    ),
    ExtraExtensions: null,
  }
}

function publicKeyDocument(key: PublicKey | undefined): Value {
  switch (key?.kind) {
    case 'RSA':
      return { N: integer(key.modulus), E: integer(key.exponent) }
    case 'EC':
      return pointDocument(key.point)
    case 'Ed25519':
      return base64(key.bytes)
    case 'DSA':
      return { P: integer(key.p), Q: integer(key.q), G: integer(key.g), Y: integer(key.y) }
    default:
      return null
  }
}

function pointDocument(point: Uint8Array): PlainObject {
  const size = (point.length - 1) / 2
  return {
    Curve: {},
    X: integer(unsignedOf(point.subarray(1, size + 1))),
    Y: integer(unsignedOf(point.subarray(size + 1))),
  }
}

function nameDocument(parts: readonly NamePart[]): PlainObject {
  const all = (id: string): Value => list(parts.filter((part) => part.id === id).map(({ value }) => value))
  const last = (id: string): string => parts.findLast((part) => part.id === id)?.value ?? ''
  return {
    Country: all('2.5.4.6'),
    Organization: all('2.5.4.10'),
    OrganizationalUnit: all('2.5.4.11'),
    Locality: all('2.5.4.7'),
    Province: all('2.5.4.8'),
    StreetAddress: all('2.5.4.9'),
    PostalCode: all('2.5.4.17'),
    SerialNumber: last('2.5.4.5'),
    CommonName: last('2.5.4.3'),
    Names: list(parts.map(({ id, value }) => ({ Type: objectIdNumbers(id), Value: value }))),
    ExtraNames: null,
  }
}

function namesDocument(
  names: Pick<KnownExtensions, 'dnsNames' | 'emailAddresses' | 'ipAddresses' | 'uris'>,
): PlainObject {
  return {
    DNSNames: list(names.dnsNames),
    EmailAddresses: list(names.emailAddresses),
    IPAddresses: list(names.ipAddresses.map(printAddress)),
    URIs: list(names.uris.map(({ url }) => urlDocument(url))),
  }
}

function urlDocument(url: Url): PlainObject {
  return {
    Scheme: url.scheme,
    Opaque: url.opaque,
    User: url.userinfo === undefined ? null : {},
    Host: url.host,
    Path: url.path,
    Fragment: url.fragment,
    RawQuery: url.query,
    RawPath: '',
    RawFragment: '',
    ForceQuery: false,
    OmitHost: false,
  }
}

function rangeDocument({ address, mask }: AddressRange): PlainObject {
  return { IP: printAddress(address), Mask: base64(mask) }
}

/** An attribute with its values, each a list of identifiers with values; none where its values are of other kinds. */
function attributeDocument(whole: Uint8Array): PlainObject[] {
  const fields = fieldsOf(whole, 'attribute')
  const id = fields.objectId()
  const values = [...new Fields(fields.any().content, 'attribute').rest()]
  if (values.some(({ tag }) => tag !== 0x30)) return []
  const Value = values.map(({ content }) =>
    [...new Fields(content, 'attribute').rest()].map((part) => {
      const inner = fieldsOf(part.whole, 'attribute')
      const type = objectIdNumbers(inner.objectId())
      const value = inner.any()
      return { Type: type, Value: value.tag === 0x04 ? base64(value.content) : (textOf(value) ?? null) }
    }),
  )
  return [{ Type: objectIdNumbers(id), Value }]
}

function timeText(seconds: number): string {
  const zone = { offset: 0, name: 'UTC' }
  return formatTime(
    { civil: civilOf(seconds), nanosecond: 0, zone, localSeconds: seconds },
    '2006-01-02T15:04:05Z07:00',
  )
}

/** Go writes a list that was never filled as null. */
function list<T extends Value>(items: readonly T[]): readonly T[] | null {
  return items.length === 0 ? null : items
}

function base64(bytes: Uint8Array | undefined): Value {
  return bytes === undefined ? null : encodeBase64(bytes)
}
