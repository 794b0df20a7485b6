/** Builtins for universally unique identifiers: RFC 9562, and DCE 1.1 for version 2. */
import { bytesToHex } from '@kubescape/go'

import { ANY, STRING, objectOf } from '../types/type.ts'
import { integer } from '../values/number.ts'
import type { Value } from '../values/value.ts'
import { textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

/** 100 nanoseconds each, from the reform of the calendar in 1582 to 1970. */
const GREGORIAN_TICKS = 0x01b21dd213814000n
const DOMAINS: readonly string[] = ['Person', 'Group', 'Org']

/** `uuid.*`. */
export const UUID: readonly Builtin[] = [
  define('uuid.rfc4122', [STRING], STRING, (context, key) => randomUuid(textOperand(key, 1), context), {
    isNondeterministic: true,
  }),
  define('uuid.parse', [STRING], objectOf(STRING, ANY), (_, text) => parsed(textOperand(text, 1))),
]

/** The same for the same key within an evaluation. */
function randomUuid(key: string, context: BuiltinContext): string {
  const kept = `uuid.rfc4122 ${key}`
  const known = context.kept.get(kept)
  if (typeof known === 'string') return known
  const bytes = context.randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytesToHex(bytes)
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  context.kept.set(kept, uuid)
  return uuid
}

const HYPHENATED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The 32 digits of a text; undefined when it is none. */
function digitsOf(text: string): string | undefined {
  if (/^[0-9a-f]{32}$/i.test(text)) return text
  const isUrn = text.length === 45 && /^urn:uuid:/i.test(text)
  // In braces, or between any two characters, as Google's package has it.
  const bare = isUrn ? text.slice(9) : text.length === 38 ? text.slice(1, -1) : text
  return HYPHENATED.test(bare) ? bare.replaceAll('-', '') : undefined
}

function parsed(text: string): Value | undefined {
  const hex = digitsOf(text)?.toLowerCase()
  if (hex === undefined) return undefined
  const version = Number.parseInt(hex.charAt(12), 16)
  const variant = variantOf(Number.parseInt(hex.slice(16, 18), 16))
  if (version !== 1 && version !== 2) return { variant, version }
  const ticks = BigInt(`0x${hex.slice(13, 16)}${hex.slice(8, 12)}${hex.slice(0, 8)}`)
  const node = hex.slice(20)
  const properties = {
    variant,
    version,
    time: integer(BigInt.asIntN(64, (ticks - GREGORIAN_TICKS) * 100n)),
    clocksequence: Number.parseInt(hex.slice(16, 20), 16) & 0x3fff,
    nodeid: (node.match(/../g) ?? []).join('-'),
    macvariables: macOf(Number.parseInt(node.slice(0, 2), 16)),
  }
  if (version === 1) return properties
  const domain = Number.parseInt(hex.slice(18, 20), 16)
  return { ...properties, domain: DOMAINS[domain] ?? `Domain${domain}`, id: Number.parseInt(hex.slice(0, 8), 16) }
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122'
  if ((byte & 0xe0) === 0xc0) return 'Microsoft'
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved'
}

function macOf(byte: number): string {
  return `${(byte & 2) === 2 ? 'local' : 'global'}:${(byte & 1) === 1 ? 'multicast' : 'unicast'}`
}
