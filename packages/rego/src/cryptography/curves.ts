/** Elliptic curves of NIST, and Ed25519; the arithmetic is a library's. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'

import { bytesOf } from './der-fields.ts'

/** Names of the curves as JWK writes them. */
export type CurveName = 'P-256' | 'P-384' | 'P-521'

/** A curve: the order of its group, bytes of a coordinate. */
export interface Curve {
  readonly order: bigint
  readonly size: number
}

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const
const SIZES = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const

export function isCurveName(name: string): name is CurveName {
  return Object.hasOwn(CURVES, name)
}

export function curveOf(name: CurveName): Curve {
  return { order: CURVES[name].Point.Fn.ORDER, size: SIZES[name] }
}

/** Whether bytes are a point: 4, then both coordinates. */
export function isOnCurve(name: CurveName, point: Uint8Array): boolean {
  return point[0] === 4 && point.length === 2 * SIZES[name] + 1 && CURVES[name].utils.isValidPublicKey(point, false)
}

/** The point of a private key; its number lies between 0 and the order of the group. */
export function publicPointOf(name: CurveName, scalar: bigint): Uint8Array {
  return CURVES[name].getPublicKey(bytesOf(scalar, SIZES[name]), false)
}

/** Whether the numbers of an ECDSA signature fit a hash. */
export function verifyEcdsa(
  name: CurveName,
  point: Uint8Array,
  hash: Uint8Array,
  [r, s]: readonly [r: bigint, s: bigint],
): boolean {
  const { order, size } = curveOf(name)
  if (r <= 0n || s <= 0n || r >= order || s >= order || !isOnCurve(name, point)) return false
  const signature = new Uint8Array(2 * size)
  signature.set(bytesOf(r, size))
  signature.set(bytesOf(s, size), size)
  return CURVES[name].verify(signature, hash, point, { prehash: false, lowS: false })
}

/** An ECDSA signature of a hash (RFC 6979): both numbers, each as long as a coordinate. */
export function signEcdsa(name: CurveName, scalar: bigint, hash: Uint8Array): Uint8Array {
  return CURVES[name].sign(hash, bytesOf(scalar, SIZES[name]), { prehash: false, lowS: false })
}

/** The public key of a seed of 32 bytes. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed)
}

export function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false
  return ed25519.verify(signature, message, key, { zip215: false })
}

export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed)
}
