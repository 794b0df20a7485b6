/** Builtins for addresses of the Internet Protocol and ranges of them: RFC 4632 and RFC 4291. */
import { parseAddress, printAddress } from '@kubescape/go'

import { bytesOf, unsignedOf } from '../cryptography/der-fields.ts'
import { ANY, BOOLEAN, STRING, arrayOf, either, objectOf, setOf, tuple } from '../types/type.ts'
import { entriesOf, isObject } from '../values/object.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { failure, mismatch, textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

/** A range of addresses, which are numbers of 32 or of 128 bits. */
interface Range {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
}

/** A range of `net.cidr_merge`: of addresses of 128 bits. */
interface Block {
  readonly first: bigint
  readonly last: bigint
  /** How it was written, as long as it is merged with no other. */
  readonly text: string | undefined
}

/** Where addresses of 32 bits lie among those of 128: RFC 4291, section 2.5.5.2. */
const MAPPED = 0xffffn << 32n

const ELEMENT = either(STRING, arrayOf(ANY))
const MATCHABLE = either(STRING, arrayOf(ELEMENT), objectOf(STRING, ELEMENT), setOf(ELEMENT))

/** `net.*`. */
export const NET: readonly Builtin[] = [
  define('net.cidr_contains', [STRING, STRING], BOOLEAN, (_, range, other) =>
    contains(rangeOf(textOperand(range, 1)), rangeOrAddress(textOperand(other, 2))),
  ),
  define(
    'net.cidr_overlap',
    [STRING, STRING],
    BOOLEAN,
    (_, range, other) => contains(rangeOf(textOperand(range, 1)), rangeOrAddress(textOperand(other, 2))),
    { isDeprecated: true },
  ),
  define('net.cidr_contains_matches', [MATCHABLE, MATCHABLE], setOf(tuple(ANY, ANY)), (context, ranges, others) =>
    matches(ranges, others, context),
  ),
  define('net.cidr_intersects', [STRING, STRING], BOOLEAN, (_, left, right) => {
    const [a, b] = [rangeOf(textOperand(left, 1)), rangeOf(textOperand(right, 2))]
    return a.bits === b.bits && a.first <= b.last && b.first <= a.last
  }),
  define('net.cidr_is_valid', [STRING], BOOLEAN, (_, text) => readRange(textOperand(text, 1)) !== undefined),
  define('net.cidr_expand', [STRING], setOf(STRING), (context, text) =>
    expanded(rangeOf(textOperand(text, 1)), context),
  ),
  define('net.cidr_merge', [either(arrayOf(either(STRING)), setOf(STRING))], setOf(STRING), (context, list) =>
    merged(list, context),
  ),
  define(
    'net.lookup_ip_addr',
    [STRING],
    setOf(STRING),
    (_, name) => {
      textOperand(name, 1)
      throw failure('names are not looked up: policies have no network')
    },
    { isNondeterministic: true },
  ),
]

function rangeOf(text: string): Range {
  const range = readRange(text)
  if (range === undefined) throw failure(`invalid CIDR address: ${text}`)
  return range
}

function rangeOrAddress(text: string): Range {
  const address = parseAddress(text)
  const range = address === undefined ? readRange(text) : shortened(unsignedOf(long(address)), 0n)
  if (range === undefined) throw failure(`not a valid textual representation of an IP address or CIDR: ${text}`)
  return range
}

/** The range of a text such as `10.0.0.0/8`; undefined when it is none. */
function readRange(text: string): Range | undefined {
  const slash = text.indexOf('/')
  const prefix = text.slice(slash + 1)
  const address = slash < 0 || !/^[0-9]{1,6}$/.test(prefix) ? undefined : parseAddress(text.slice(0, slash))
  if (address === undefined || Number(prefix) > address.length * 8) return undefined
  const host = (1n << BigInt(address.length * 8 - Number(prefix))) - 1n
  const value = unsignedOf(address)
  if (address.length === 4) return { bits: 32, first: value & ~host, last: value | host }
  return shortened(value & ~host, host)
}

/** A range of addresses of 128 bits; of 32 bits where all are mapped ones. */
function shortened(first: bigint, host: bigint): Range {
  const last = first | host
  const isMapped = first >> 32n === 0xffffn && last >> 32n === 0xffffn
  return isMapped ? { bits: 32, first: first - MAPPED, last: last - MAPPED } : { bits: 128, first, last }
}

/** The 16 bytes of an address. */
function long(address: Uint8Array): Uint8Array {
  return address.length === 16 ? address : bytesOf(MAPPED | unsignedOf(address), 16)
}

function contains(range: Range, other: Range): boolean {
  return range.bits === other.bits && range.first <= other.first && other.last <= range.last
}

function expanded({ bits, first, last }: Range, context: BuiltinContext): Value {
  const count = last - first + 1n
  context.spend(Number(count) * 20)
  const addresses = new RegoSet()
  for (let address = first; address <= last; address++) addresses.add(printAddress(bytesOf(address, bits / 8)))
  return addresses
}

function matches(ranges: Value, others: Value, context: BuiltinContext): Value {
  const found = new RegoSet()
  const outer = elementsOf(ranges, 1)
  if (outer.length === 0) return found
  const candidates = elementsOf(others, 2).map(([key, text]) => [key, rangeOrAddress(text)] as const)
  context.spend((outer.length + 1) * (candidates.length + 1))
  if (candidates.length === 0) return found
  for (const [key, text] of outer) {
    const range = rangeOf(text)
    for (const [otherKey, other] of candidates) if (contains(range, other)) found.add([key, otherKey])
  }
  return found
}

/** What a match is told by, and the text: the text itself, an index, a key, or the member of a set. */
function elementsOf(value: Value, place: number): (readonly [Value, string])[] {
  if (typeof value === 'string') return [[value, value]]
  if (Array.isArray(value))
    return (value as readonly Value[]).map((item, at) => [at, elementText(item, place)] as const)
  if (value instanceof RegoSet) return value.values().map((item) => [item, elementText(item, place)] as const)
  if (isObject(value)) return [...entriesOf(value)].map(([key, item]) => [key, elementText(item, place)] as const)
  throw mismatch(value, place, 'one of {string, array, set, object}')
}

function elementText(element: Value, place: number): string {
  const text = Array.isArray(element) ? (element as readonly Value[])[0] : element
  if (typeof text !== 'string') throw failure(`operand ${place}: element must be string or non-empty array`)
  return text
}

function merged(list: Value, context: BuiltinContext): Value {
  const items = list instanceof RegoSet ? list.values() : list
  if (!Array.isArray(items)) throw mismatch(list, 1, 'one of {set, array}')
  const texts = items as readonly Value[]
  context.spend(texts.length * 20)
  const blocks = texts.map(blockOf).toSorted((a, b) => order(a.last, b.last) || order(a.first, b.first))
  const joined: Block[] = []
  for (const block of blocks.toReversed()) {
    const after = joined.at(-1)
    if (after === undefined || after.first - 1n > block.last) joined.push(block)
    else {
      const first = after.first < block.first ? after.first : block.first
      joined[joined.length - 1] = { first, last: after.last, text: undefined }
    }
  }
  const result = new RegoSet()
  for (const { first, last, text } of joined) {
    for (const range of text === undefined ? rangesBetween(first, last) : [text]) result.add(range)
  }
  return result
}

/** An address alone stands for its class of old: RFC 791, section 3.2. */
function blockOf(item: Value): Block {
  if (typeof item !== 'string') throw failure('operand must be an array or a set of strings')
  const address = parseAddress(item)
  if (address === undefined) {
    const { bits, first, last } = rangeOf(item)
    const base = bits === 32 ? MAPPED : 0n
    return { first: base + first, last: base + last, text: rangeText(bits, first, last) }
  }
  const bytes = address.length === 16 ? shortOf(address) : address
  if (bytes === undefined) throw failure('IPv6 invalid: needs prefix length')
  const top = bytes[0] ?? 0
  const prefix = top < 128 ? 8 : top < 192 ? 16 : 24
  const host = (1n << BigInt(32 - prefix)) - 1n
  const value = unsignedOf(bytes)
  return { first: MAPPED + (value & ~host), last: MAPPED + (value | host), text: `${printAddress(bytes)}/${prefix}` }
}

function shortOf(address: Uint8Array): Uint8Array | undefined {
  return unsignedOf(address) >> 32n === 0xffffn ? address.subarray(12) : undefined
}

/** The fewest ranges that hold the addresses from the first to the last. */
function rangesBetween(first: bigint, last: bigint): string[] {
  const isShort = first >> 32n === 0xffffn && last >> 32n === 0xffffn
  const bits = isShort ? 32 : 128
  const ranges: string[] = []
  const end = isShort ? last - MAPPED : last
  for (let start = isShort ? first - MAPPED : first; start <= end;) {
    let host = 0
    while (
      host < bits &&
      (start & ((1n << BigInt(host + 1)) - 1n)) === 0n &&
      start + (1n << BigInt(host + 1)) - 1n <= end
    ) {
      host++
    }
    const size = 1n << BigInt(host)
    ranges.push(rangeText(bits, start, start + size - 1n))
    start += size
  }
  return ranges
}

function rangeText(bits: 32 | 128, first: bigint, last: bigint): string {
  const host = last === first ? 0 : (last - first).toString(2).length
  return `${printAddress(bytesOf(first, bits / 8))}/${bits - host}`
}

function order(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
