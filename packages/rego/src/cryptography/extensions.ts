/** Extensions of certificates: RFC 5280, section 4.2. */
import { type DerElement, TAG, type Url, fromBytes, parseUrl } from '@kubescape/go'

import { Fields, fieldsOf, integerOf, objectIdOf } from './der-fields.ts'
import { CryptographyError } from './failure.ts'

/** An extension as it stands in a certificate. */
export interface Extension {
  readonly id: string
  readonly isCritical: boolean
  readonly value: Uint8Array
}

/** Names of what a certificate is for. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[]
  readonly emailAddresses: readonly string[]
  /** Of 4 or 16 bytes. */
  readonly ipAddresses: readonly Uint8Array[]
  readonly uris: readonly { readonly text: string; readonly url: Url }[]
}

/** A range of addresses. */
export interface AddressRange {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/** Names that certificates below may have, or may not. */
export interface NameSubtrees {
  readonly dnsDomains: readonly string[]
  readonly ipRanges: readonly AddressRange[]
  readonly emailAddresses: readonly string[]
  readonly uriDomains: readonly string[]
}

/** What the extensions of a certificate say. Numbers are undefined where nothing is said. */
export interface KnownExtensions extends AlternativeNames {
  /** Bit 0 is for digital signatures. */
  keyUsage: number
  /** Identifiers. */
  extendedKeyUsage: readonly string[]
  basicConstraints: { readonly isAuthority: boolean; readonly pathLength: number | undefined } | undefined
  subjectKeyId: Uint8Array | undefined
  authorityKeyId: Uint8Array | undefined
  ocspServers: readonly string[]
  issuingCertificateUrls: readonly string[]
  crlDistributionPoints: readonly string[]
  policies: readonly string[]
  policyMappings: readonly (readonly [issuer: string, subject: string])[]
  requireExplicitPolicy: number | undefined
  inhibitPolicyMapping: number | undefined
  inhibitAnyPolicy: number | undefined
  areNameConstraintsCritical: boolean
  permitted: NameSubtrees
  excluded: NameSubtrees
  /** Identifiers of critical extensions that are not understood. */
  unhandledCritical: readonly string[]
}

const NO_NAMES: AlternativeNames = { dnsNames: [], emailAddresses: [], ipAddresses: [], uris: [] }
const NO_SUBTREES: NameSubtrees = { dnsDomains: [], ipRanges: [], emailAddresses: [], uriDomains: [] }
/** In a context-specific choice of names: RFC 5280, section 4.2.1.6. */
const NAME = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 } as const

/** The extensions in a sequence. */
export function readExtensions(sequence: DerElement): Extension[] {
  const extensions = [...fieldsOf(sequence.whole, 'extensions').rest()].map(({ whole }) => {
    const fields = fieldsOf(whole, 'extension')
    const id = fields.objectId()
    const critical = fields.optional(TAG.boolean)
    return { id, isCritical: critical?.content[0] === 0xff, value: fields.required(TAG.octetString).content }
  })
  if (new Set(extensions.map(({ id }) => id)).size < extensions.length) {
    throw new CryptographyError('x509: certificate contains duplicate extensions')
  }
  return extensions
}

/**
 * What extensions say.
 * @throws {CryptographyError} where one that is known is malformed
 */
export function understand(extensions: readonly Extension[]): KnownExtensions {
  const known: KnownExtensions = {
    ...NO_NAMES,
    keyUsage: 0,
    extendedKeyUsage: [],
    basicConstraints: undefined,
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    ocspServers: [],
    issuingCertificateUrls: [],
    crlDistributionPoints: [],
    policies: [],
    policyMappings: [],
    requireExplicitPolicy: undefined,
    inhibitPolicyMapping: undefined,
    inhibitAnyPolicy: undefined,
    areNameConstraintsCritical: false,
    permitted: NO_SUBTREES,
    excluded: NO_SUBTREES,
    unhandledCritical: [],
  }
  const unhandled: string[] = []
  for (const extension of extensions) {
    const read = READERS.get(extension.id)
    const isHandled = read !== undefined && read(known, extension) !== false
    if (!isHandled && extension.isCritical) unhandled.push(extension.id)
  }
  known.unhandledCritical = unhandled
  return known
}

/** Takes over what an extension says; false where it says nothing that is understood. */
type Reader = (known: KnownExtensions, extension: Extension) => boolean | void

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['2.5.29.15', (known, { value }) => void (known.keyUsage = readKeyUsage(value))],
  [
    '2.5.29.19',
    (known, { value }) => {
      const fields = fieldsOf(value, 'basic constraints')
      const isAuthority = fields.optional(TAG.boolean)?.content[0] === 0xff
      const pathLength = fields.isDone ? undefined : Number(fields.integer())
      known.basicConstraints = { isAuthority, pathLength }
    },
  ],
  [
    '2.5.29.17',
    (known, { value }) => {
      const names = readAlternativeNames(value)
      Object.assign(known, names)
      return names.dnsNames.length + names.emailAddresses.length + names.ipAddresses.length + names.uris.length > 0
    },
  ],
  ['2.5.29.30', readNameConstraints],
  [
    '2.5.29.31',
    (known, { value }) => {
      known.crlDistributionPoints = [...fieldsOf(value, 'CRL distribution points').rest()].flatMap(distributionUrls)
    },
  ],
  [
    '2.5.29.35',
    (known, { value }) => {
      known.authorityKeyId = fieldsOf(value, 'authority key identifier').optional(0x80)?.content
    },
  ],
  ['2.5.29.37', (known, { value }) => void (known.extendedKeyUsage = readIds(value, 'extended key usage'))],
  [
    '2.5.29.14',
    (known, { value }) =>
      void (known.subjectKeyId = new Fields(value, 'subject key id').required(TAG.octetString).content),
  ],
  [
    '2.5.29.32',
    (known, { value }) => {
      known.policies = [...fieldsOf(value, 'certificate policies').rest()].map(({ whole }) =>
        fieldsOf(whole, 'certificate policies').objectId(),
      )
    },
  ],
  [
    '2.5.29.33',
    (known, { value }) => {
      known.policyMappings = [...fieldsOf(value, 'policy mappings').rest()].map(({ whole }) => {
        const fields = fieldsOf(whole, 'policy mappings')
        return [fields.objectId(), fields.objectId()] as const
      })
    },
  ],
  [
    '2.5.29.36',
    (known, { value }) => {
      const fields = fieldsOf(value, 'policy constraints')
      const [explicit, mapping] = [fields.optional(0x80), fields.optional(0x81)]
      known.requireExplicitPolicy = explicit && Number(integerOf(explicit))
      known.inhibitPolicyMapping = mapping && Number(integerOf(mapping))
    },
  ],
  [
    '2.5.29.54',
    (known, { value }) => void (known.inhibitAnyPolicy = Number(new Fields(value, 'inhibit any policy').integer())),
  ],
  [
    '1.3.6.1.5.5.7.1.1',
    (known, { value }) => {
      const [ocsp, issuers]: [string[], string[]] = [[], []]
      for (const { whole } of fieldsOf(value, 'authority info access').rest()) {
        const fields = fieldsOf(whole, 'authority info access')
        const method = fields.objectId()
        const location = fields.optional(NAME.uri)
        if (location === undefined) continue
        if (method === '1.3.6.1.5.5.7.48.1') ocsp.push(fromBytes(location.content))
        if (method === '1.3.6.1.5.5.7.48.2') issuers.push(fromBytes(location.content))
      }
      known.ocspServers = ocsp
      known.issuingCertificateUrls = issuers
    },
  ],
])

/** Bit 0 of the bit string becomes bit 0 of the number. */
function readKeyUsage(value: Uint8Array): number {
  const [, ...bytes] = new Fields(value, 'key usage').required(TAG.bitString).content
  let usage = 0
  for (let bit = 0; bit < 9; bit++) if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) usage |= 1 << bit
  return usage
}

function readIds(value: Uint8Array, what: string): string[] {
  return [...fieldsOf(value, what).rest()].map(({ content }) => objectIdOf(content))
}

/**
 * The names in the value of an extension for alternative names.
 * @throws {CryptographyError}
 */
export function readAlternativeNames(value: Uint8Array): AlternativeNames {
  const dnsNames: string[] = []
  const emailAddresses: string[] = []
  const ipAddresses: Uint8Array[] = []
  const uris: { text: string; url: Url }[] = []
  for (const { tag, content } of fieldsOf(value, 'subject alternative name').rest()) {
    if (tag === NAME.dns) dnsNames.push(ascii(content))
    else if (tag === NAME.email) emailAddresses.push(ascii(content))
    else if (tag === NAME.uri) {
      const text = ascii(content)
      const parsed = parseUrl(text)
      if ('problem' in parsed) throw new CryptographyError(`x509: cannot parse URI: ${parsed.problem}`)
      uris.push({ text, url: parsed.url })
    } else if (tag === NAME.ip) {
      if (content.length !== 4 && content.length !== 16) {
        throw new CryptographyError(`x509: cannot parse IP address of length ${content.length}`)
      }
      ipAddresses.push(content)
    }
  }
  return { dnsNames, emailAddresses, ipAddresses, uris }
}

function readNameConstraints(known: KnownExtensions, { value, isCritical }: Extension): boolean {
  const fields = fieldsOf(value, 'name constraints')
  const [permitted, excluded] = [fields.optional(0xa0), fields.optional(0xa1)]
  let isWhole = true
  const read = (subtrees: DerElement | undefined): NameSubtrees => {
    if (subtrees === undefined) return NO_SUBTREES
    const found = readSubtrees(subtrees)
    isWhole &&= found.isWhole
    return found
  }
  known.permitted = read(permitted)
  known.excluded = read(excluded)
  known.areNameConstraintsCritical = isCritical
  return isWhole
}

function readSubtrees(subtrees: DerElement): NameSubtrees & { readonly isWhole: boolean } {
  const dnsDomains: string[] = []
  const ipRanges: AddressRange[] = []
  const emailAddresses: string[] = []
  const uriDomains: string[] = []
  let isWhole = true
  for (const { whole } of new Fields(subtrees.content, 'name constraints').rest()) {
    const { tag, content } = fieldsOf(whole, 'name constraints').any()
    if (tag === NAME.dns) dnsDomains.push(ascii(content))
    else if (tag === NAME.email) emailAddresses.push(ascii(content))
    else if (tag === NAME.uri) uriDomains.push(ascii(content))
    else if (tag === NAME.ip) {
      const half = content.length / 2
      if (half !== 4 && half !== 16) {
        throw new CryptographyError(`x509: IP constraint contained value of length ${content.length}`)
      }
      ipRanges.push({ address: content.subarray(0, half), mask: content.subarray(half) })
    } else isWhole = false
  }
  return { dnsDomains, ipRanges, emailAddresses, uriDomains, isWhole }
}

function distributionUrls({ whole }: DerElement): string[] {
  const point = fieldsOf(whole, 'CRL distribution point').optional(0xa0)
  const fullName = point && new Fields(point.content, 'CRL distribution point').optional(0xa0)
  if (fullName === undefined) return []
  return [...new Fields(fullName.content, 'CRL distribution point').rest()]
    .filter(({ tag }) => tag === NAME.uri)
    .map(({ content }) => fromBytes(content))
}

function ascii(content: Uint8Array): string {
  if (content.some((byte) => byte >= 0x80)) throw new CryptographyError('x509: name holds more than ASCII')
  return fromBytes(content)
}
