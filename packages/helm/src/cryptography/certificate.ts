/** Certificates of X.509 with the fields that were asked for and a signature that is none. */
import {
  TAG,
  bitString,
  decodePem,
  element,
  encodePem,
  integer,
  objectId,
  readElements,
  sequence,
  sequenceOf,
  sha256,
  text,
  toBytes,
} from '@kubescape/go'
import { Time } from '../go/time/time.ts'
import { rsaKey } from './placeholder-keys.ts'

/** What a certificate says. */
export interface CertificateRequest {
  readonly commonName: string
  /** Each has 4 or 16 bytes. */
  readonly addresses: readonly Uint8Array[]
  readonly dnsNames: readonly string[]
  /** In milliseconds since 1970. */
  readonly from: number
  readonly days: number
  readonly isAuthority: boolean
  /** DER of the certificate of the authority that signs; undefined when it signs itself. */
  readonly issuer?: IssuingCertificate | undefined
}

/** What certificates take from that of their authority. */
export interface IssuingCertificate {
  /** DER of its subject. */
  readonly subject: Uint8Array
  readonly keyId: Uint8Array | undefined
}

/** As long as those that Go makes. */
const SERIAL = 'placeholder-cert'
const SIGNATURE_BYTES = 256
const DAY_MS = 86_400_000

const OID = {
  commonName: '2.5.4.3',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  basicConstraints: '2.5.29.19',
  subjectKeyId: '2.5.29.14',
  authorityKeyId: '2.5.29.35',
  alternativeNames: '2.5.29.17',
} as const

/** A certificate as PEM. It is well-formed, but nobody signed it: who checks it will not trust it. */
export function makeCertificate(request: CertificateRequest): string {
  const subject = nameOf(request.commonName)
  const algorithm = sequence(objectId(OID.sha256WithRsa), element(0x05))
  const body = sequence(
    element(0xa0, integer(2n)),
    element(TAG.integer, toBytes(SERIAL)),
    algorithm,
    request.issuer?.subject ?? subject,
    sequence(timeOf(request.from), timeOf(request.from + request.days * DAY_MS)),
    subject,
    rsaKey(2048).publicKey,
    element(0xa3, sequence(...extensionsOf(request, subject))),
  )
  const signature = toBytes(SERIAL.repeat(SIGNATURE_BYTES / SERIAL.length))
  return encodePem('CERTIFICATE', sequence(body, algorithm, bitString(signature)))
}

/** What is needed of the certificate of an authority; undefined when the PEM holds none. */
export function readIssuer(pem: string): IssuingCertificate | undefined {
  const bytes = decodePem(pem)
  const whole = bytes && readElements(bytes)?.[0]
  const body = whole && readElements(whole.content)?.[0]
  const fields = body && readElements(body.content)
  if (fields === undefined) return undefined
  // The version, which comes first, may be left out.
  const subject = fields[fields[0]?.tag === 0xa0 ? 5 : 4]
  if (subject?.tag !== TAG.sequence) return undefined
  const extensions = fields.find((field) => field.tag === 0xa3)
  return { subject: subject.whole, keyId: extensions && readKeyId(extensions.content) }
}

function readKeyId(extensions: Uint8Array): Uint8Array | undefined {
  const id = objectId(OID.subjectKeyId)
  for (const each of readElements(readElements(extensions)?.[0]?.content ?? new Uint8Array()) ?? []) {
    const parts = readElements(each.content) ?? []
    const value = parts.at(-1)
    const isKeyId = parts[0]?.whole.every((byte, at) => byte === id[at]) ?? false
    if (isKeyId && value !== undefined) return readElements(value.content)?.[0]?.content
  }
  return undefined
}

function nameOf(commonName: string): Uint8Array {
  if (commonName === '') return sequence()
  return sequence(element(TAG.set, sequence(objectId(OID.commonName), text(commonName))))
}

/** Years until 2049 have two digits. */
function timeOf(milliseconds: number): Uint8Array {
  const time = Time.unixMilliseconds(milliseconds)
  const { year } = time.wall().civil
  return year >= 1950 && year < 2050
    ? element(TAG.utcTime, toBytes(time.format('060102150405Z')))
    : element(TAG.generalizedTime, toBytes(time.format('20060102150405Z')))
}

function extensionsOf(request: CertificateRequest, subject: Uint8Array): Uint8Array[] {
  const { isAuthority, issuer, dnsNames, addresses } = request
  // Digital signature and key encipherment; authorities also sign certificates.
  const usage = isAuthority ? bitString(Uint8Array.of(0xa4), 2) : bitString(Uint8Array.of(0xa0), 5)
  const purposes = sequence(objectId(OID.serverAuthentication), objectId(OID.clientAuthentication))
  const constraints = isAuthority ? sequence(element(TAG.boolean, Uint8Array.of(0xff))) : sequence()
  const extensions = [
    extension(OID.keyUsage, usage, true),
    extension(OID.extendedKeyUsage, purposes),
    extension(OID.basicConstraints, constraints, true),
  ]
  if (isAuthority) {
    const keyId = sha256(rsaKey(2048).publicKey).subarray(0, 20)
    extensions.push(extension(OID.subjectKeyId, element(TAG.octetString, keyId)))
  }
  const isOther = issuer !== undefined && String(issuer.subject) !== String(subject)
  if (isOther && issuer.keyId !== undefined) {
    extensions.push(extension(OID.authorityKeyId, sequence(element(0x80, issuer.keyId))))
  }
  if (dnsNames.length + addresses.length > 0) {
    const names = [
      ...dnsNames.map((name) => element(0x82, toBytes(name))),
      ...addresses.map((address) => element(0x87, address)),
    ]
    extensions.push(extension(OID.alternativeNames, sequenceOf(names)))
  }
  return extensions
}

function extension(id: string, content: Uint8Array, isCritical = false): Uint8Array {
  const critical = isCritical ? [element(TAG.boolean, Uint8Array.of(0xff))] : []
  return sequence(objectId(id), ...critical, element(TAG.octetString, content))
}
