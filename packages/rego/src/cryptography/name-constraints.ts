/** What names a certificate is for, and which of them authorities above it allow: RFC 5280, section 4.2.1.10, and RFC 6125. */
import { hostnameOf, parseAddress } from '@kubescape/go'

import { sameBytes } from './certificate.ts'
import type { AddressRange, KnownExtensions, NameSubtrees } from './extensions.ts'
import type { Understood } from './understood.ts'

/** Whether a certificate is for a host, given by name, or by address (which may stand in brackets). */
export function isValidFor({ known }: Understood, host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  const address = parseAddress(bare)
  if (address !== undefined) return known.ipAddresses.some((candidate) => sameBytes(short(candidate), short(address)))
  const wanted = host.toLowerCase()
  const isName = isHostname(wanted.replace(/\.$/, ''), false)
  return known.dnsNames.some((pattern) => {
    const lower = pattern.toLowerCase()
    if (isName && isHostname(lower, true)) return matchesHostname(lower, wanted)
    return lower !== '' && lower !== '.' && lower === wanted
  })
}

/** Whether an authority's constraints allow all names of a certificate below it. `budget` counts what is compared. */
export function isNameAllowed(
  { known }: Understood,
  authority: KnownExtensions,
  budget: { comparisons: number },
): boolean {
  const { permitted, excluded } = authority
  const allows = <N, C>(
    name: N,
    constraints: (of: NameSubtrees) => readonly C[],
    fits: (n: N, c: C) => boolean,
  ): boolean => {
    budget.comparisons -= constraints(permitted).length + constraints(excluded).length
    if (budget.comparisons < 0 || constraints(excluded).some((constraint) => fits(name, constraint))) return false
    const allowed = constraints(permitted)
    return allowed.length === 0 || allowed.some((constraint) => fits(name, constraint))
  }
  return (
    known.dnsNames.every((name) => allows(name, (of) => of.dnsDomains, isInDomain)) &&
    known.emailAddresses.every((email) => allows(email, (of) => of.emailAddresses, isEmailIn)) &&
    known.ipAddresses.every((address) => allows(address, (of) => of.ipRanges, isInRange)) &&
    known.uris.every(({ url }) => allows(hostnameOf(url.host), (of) => of.uriDomains, isHostIn))
  )
}

/** A domain is in itself and in those above it; one that begins with a dot holds only what is below it. */
function isInDomain(domain: string, constraint: string): boolean {
  if (constraint === '') return true
  const [name, above] = [domain.toLowerCase(), constraint.toLowerCase()]
  return above.startsWith('.') ? name.endsWith(above) : name === above || name.endsWith(`.${above}`)
}

function isEmailIn(email: string, constraint: string): boolean {
  const at = email.lastIndexOf('@')
  const [mailbox, domain] = [email.slice(0, at), email.slice(at + 1)]
  const constraintAt = constraint.lastIndexOf('@')
  if (constraintAt >= 0) {
    return (
      mailbox === constraint.slice(0, constraintAt) &&
      domain.toLowerCase() === constraint.slice(constraintAt + 1).toLowerCase()
    )
  }
  return isInDomain(domain, constraint)
}

function isHostIn(host: string, constraint: string): boolean {
  return host !== '' && parseAddress(host) === undefined && isInDomain(host, constraint)
}

function isInRange(address: Uint8Array, { address: start, mask }: AddressRange): boolean {
  if (address.length !== start.length) return false
  return address.every((byte, at) => (byte & (mask[at] ?? 0)) === ((start[at] ?? 0) & (mask[at] ?? 0)))
}

function isHostname(host: string, isPattern: boolean): boolean {
  if (host === '') return false
  return host.split('.').every((label, at) => {
    if (isPattern && at === 0 && label === '*') return true
    return label !== '' && /^[a-z0-9_][a-z0-9_-]*$/.test(label)
  })
}

/** A star stands for exactly one label, the first. */
function matchesHostname(pattern: string, host: string): boolean {
  const [patterns, labels] = [pattern.split('.'), host.replace(/\.$/, '').split('.')]
  return (
    patterns.length === labels.length &&
    patterns.every((label, at) => (at === 0 && label === '*') || label === labels[at])
  )
}

/** An address of the old protocol that is written as one of the new. */
function short(address: Uint8Array): Uint8Array {
  const isMapped =
    address.length === 16 &&
    address.subarray(0, 10).every((byte) => byte === 0) &&
    address[10] === 255 &&
    address[11] === 255
  return isMapped ? address.subarray(12) : address
}
