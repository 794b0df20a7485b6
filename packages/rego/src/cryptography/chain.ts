/** Whether a certificate is vouched for by another one: RFC 5280, section 6, as far as Go's package crypto/x509 goes. */
import { sameBytes } from './certificate.ts'
import { EXTENDED_KEY_USAGES } from './certificate-json.ts'
import type { KnownExtensions } from './extensions.ts'
import { isNameAllowed, isValidFor } from './name-constraints.ts'
import { verifySignature } from './signature-algorithms.ts'
import type { Understood } from './understood.ts'

/** What a chain must satisfy. */
export interface ChainDemands {
  /** The name that the last certificate must be for; undefined for any. */
  readonly dnsName: string | undefined
  /** Seconds since 1970. */
  readonly time: number
  /** Go's numbers of uses, one of which all certificates must allow; 0 is for any use. */
  readonly usages: readonly number[]
}

/** Signatures that are checked at most on the way to a chain. */
const MOST_SIGNATURES = 100
/** How often names of one chain are held against constraints of one certificate at most. */
const MOST_COMPARISONS = 250_000
const CERTIFICATE_SIGNING = 1 << 5

/**
 * The chain from a leaf to the root, by way of intermediates; undefined where there is none that satisfies the demands.
 * `spend` is told of every signature before it is checked.
 */
export function findChain(
  leaf: Understood,
  intermediates: readonly Understood[],
  root: Understood,
  demands: ChainDemands,
  spend: () => void,
): readonly Understood[] | undefined {
  let signatures = 0
  const extend = (chain: readonly Understood[]): readonly Understood[] | undefined => {
    const last = chain.at(-1) as Understood
    const candidates = [root, ...intermediates].filter((parent) => isIssuer(parent, last) && !holds(chain, parent))
    for (const parent of candidates) {
      if (++signatures > MOST_SIGNATURES) return undefined
      spend()
      const isRoot = parent === root
      const { certificate } = last
      const { signatureAlgorithm, raw, signature } = certificate
      if (!verifySignature(signatureAlgorithm, parent.certificate.publicKey, raw.signed, signature)) continue
      if (!isValid(parent, isRoot ? 'root' : 'intermediate', chain, demands)) continue
      const longer = [...chain, parent]
      const found = isRoot ? satisfied(longer, demands) : extend(longer)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isValid(leaf, 'leaf', [], demands)) return undefined
  if (demands.dnsName !== undefined && !isValidFor(leaf, demands.dnsName)) return undefined
  if (sameBytes(leaf.certificate.raw.whole, root.certificate.raw.whole)) return satisfied([leaf], demands)
  return extend([leaf])
}

/** By name; whether the key fits is seen from the signature. */
function isIssuer(parent: Understood, child: Understood): boolean {
  return sameBytes(parent.certificate.raw.subject, child.certificate.raw.issuer) && maySign(parent)
}

function maySign({ certificate, known }: Understood): boolean {
  const { basicConstraints, keyUsage } = known
  if (certificate.version === 3 && basicConstraints === undefined) return false
  if (basicConstraints !== undefined && !basicConstraints.isAuthority) return false
  return keyUsage === 0 || (keyUsage & CERTIFICATE_SIGNING) !== 0
}

/** The same name and key again would be a way in a circle. */
function holds(chain: readonly Understood[], { certificate }: Understood): boolean {
  return chain.some(
    (link) =>
      sameBytes(link.certificate.raw.subject, certificate.raw.subject) &&
      sameBytes(link.certificate.raw.publicKey, certificate.raw.publicKey),
  )
}

function isValid(
  link: Understood,
  role: 'leaf' | 'intermediate' | 'root',
  chain: readonly Understood[],
  demands: ChainDemands,
): boolean {
  const { certificate, known } = link
  if (known.unhandledCritical.length > 0) return false
  if (demands.time < certificate.notBefore || demands.time > certificate.notAfter) return false
  const budget = { comparisons: MOST_COMPARISONS }
  if (role !== 'leaf' && !chain.every((child) => isNameAllowed(child, known, budget))) return false
  if (role === 'intermediate' && known.basicConstraints?.isAuthority !== true) return false
  const most = known.basicConstraints?.pathLength
  return most === undefined || chain.length - 1 <= most
}

function satisfied(chain: readonly Understood[], { usages }: ChainDemands): readonly Understood[] | undefined {
  if (usages.includes(0)) return chain
  const isAllowed = usages.some((usage) => chain.every(({ known }) => allows(known, usage)))
  return isAllowed ? chain : undefined
}

function allows({ extendedKeyUsage }: KnownExtensions, usage: number): boolean {
  if (extendedKeyUsage.length === 0) return true
  const numbers = extendedKeyUsage.map((id) => EXTENDED_KEY_USAGES.get(id))
  return numbers.includes(0) || numbers.includes(usage)
}
