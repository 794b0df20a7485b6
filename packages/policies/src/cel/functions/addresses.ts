/** Addresses and networks: `ip("10.0.0.1")`, `cidr("10.0.0.0/8")`. */
import { parseAddress } from '@kubescape/go'

import { CelError, Opaque, type Value } from '../values/value.ts'
import type { Library } from './library.ts'

class Ip extends Opaque {
  readonly typeName = 'net.IP'
  /** 4 or 16. */
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
  }

  override equals(other: Opaque): boolean {
    return other instanceof Ip && areSame(this.bytes, other.bytes)
  }
}

class Cidr extends Opaque {
  readonly typeName = 'net.CIDR'
  readonly bytes: Uint8Array
  readonly length: number

  constructor(bytes: Uint8Array, length: number) {
    super()
    this.bytes = bytes
    this.length = length
  }

  override equals(other: Opaque): boolean {
    return other instanceof Cidr && this.length === other.length && areSame(this.bytes, other.bytes)
  }
}

export const ADDRESSES: Library = {
  functions: {
    'ip(string): IP': (text: string) => readIp(text) ?? noIp(text),
    'isIP(string): bool': (text: string) => readIp(text) !== undefined,
    'ip.isCanonical(string): bool': (text: string) => {
      const ip = readIp(text)
      return ip === undefined ? noIp(text) : ipText(ip.bytes) === text
    },
    'string(IP): string': ({ bytes }: Ip) => ipText(bytes),
    'cidr(string): CIDR': (text: string) => readCidr(text) ?? noCidr(text),
    'isCIDR(string): bool': (text: string) => readCidr(text) !== undefined,
    'string(CIDR): string': ({ bytes, length }: Cidr) => `${ipText(bytes)}/${length}`,
  },
  members: {
    'IP.family(): int': ({ bytes }: Ip) => (bytes.length === 4 ? 4 : 6),
    'IP.isUnspecified(): bool': ({ bytes }: Ip) => isUnspecified(bytes),
    'IP.isLoopback(): bool': ({ bytes }: Ip) => isLoopback(bytes),
    'IP.isLinkLocalMulticast(): bool': ({ bytes }: Ip) =>
      isWithin(bytes, [224, 0, 0], 24) || (bytes.length === 16 && bytes[0] === 0xff && ((bytes[1] ?? 0) & 15) === 2),
    'IP.isLinkLocalUnicast(): bool': ({ bytes }: Ip) => isLinkLocal(bytes),
    'IP.isGlobalUnicast(): bool': ({ bytes }: Ip) =>
      !isUnspecified(bytes) &&
      !isLoopback(bytes) &&
      !isLinkLocal(bytes) &&
      !isMulticast(bytes) &&
      !isWithin(bytes, [255, 255, 255, 255], 32),
    'CIDR.containsIP(string): bool': (cidr: Cidr, text: string) => {
      const ip = readIp(text)
      return ip === undefined ? noIp(text) : contains(cidr, ip.bytes, ip.bytes.length * 8)
    },
    'CIDR.containsIP(IP): bool': (cidr: Cidr, { bytes }: Ip): Value => contains(cidr, bytes, bytes.length * 8),
    'CIDR.containsCIDR(string): bool': (cidr: Cidr, text: string) => {
      const other = readCidr(text)
      return other === undefined ? noCidr(text) : contains(cidr, other.bytes, other.length)
    },
    'CIDR.containsCIDR(CIDR): bool': (cidr: Cidr, { bytes, length }: Cidr): Value => contains(cidr, bytes, length),
    'CIDR.ip(): IP': ({ bytes }: Cidr) => new Ip(bytes),
    'CIDR.masked(): CIDR': ({ bytes, length }: Cidr) => new Cidr(masked(bytes, length), length),
    'CIDR.prefixLength(): int': ({ length }: Cidr) => length,
  },
}

/** IPv4 addresses within IPv6 are refused, as Kubernetes does. */
function readIp(text: string): Ip | undefined {
  const bytes = text.length > 64 ? undefined : parseAddress(text)
  if (bytes === undefined || isMapped(bytes)) return undefined
  return new Ip(bytes)
}

function readCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/')
  const length = text.slice(slash + 1)
  const ip = slash < 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length) ? undefined : readIp(text.slice(0, slash))
  return ip === undefined || Number(length) > ip.bytes.length * 8 ? undefined : new Cidr(ip.bytes, Number(length))
}

function contains(cidr: Cidr, bytes: Uint8Array, length: number): boolean {
  return cidr.bytes.length === bytes.length && cidr.length <= length && isWithin(bytes, cidr.bytes, cidr.length)
}

/** Whether the first bits of an address are those of a network of the same family. */
function isWithin(bytes: Uint8Array, network: ArrayLike<number>, length: number): boolean {
  if (bytes.length * 8 < length || (network.length <= 4 && bytes.length !== 4)) return false
  for (let bit = 0; bit < length; bit++) {
    const mask = 128 >> (bit & 7)
    if (((bytes[bit >> 3] ?? 0) & mask) !== ((network[bit >> 3] ?? 0) & mask)) return false
  }
  return true
}

function masked(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((byte, index) => byte & (0xff00 >> Math.min(Math.max(length - index * 8, 0), 8)))
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.length === 16 && bytes.every((byte, index) => index >= 12 || byte === (index >= 10 ? 255 : 0))
}

function isUnspecified(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0)
}

function isLoopback(bytes: Uint8Array): boolean {
  return bytes.length === 4 ? bytes[0] === 127 : bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))
}

function isLinkLocal(bytes: Uint8Array): boolean {
  return (
    isWithin(bytes, [169, 254], 16) || (bytes.length === 16 && bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80)
  )
}

function isMulticast(bytes: Uint8Array): boolean {
  return bytes.length === 4 ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** The one way in which an address is written: RFC 5952. */
function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0))
  const { start, length } = longestZeros(groups)
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return length < 2 ? text(0, 8) : `${text(0, start)}::${text(start + length, 8)}`
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start }
  }
  return best
}

function noIp(text: string): CelError {
  return new CelError(`${JSON.stringify(text.slice(0, 60))} is no IP address`)
}

function noCidr(text: string): CelError {
  return new CelError(`${JSON.stringify(text.slice(0, 60))} is no CIDR`)
}
