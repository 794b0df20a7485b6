/** The hashes that signatures are made over. */
import { sha1, sha256, sha384, sha512 } from '@kubescape/go'

/** A hash and its name. */
export interface Digest {
  readonly name: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly hash: (message: Uint8Array) => Uint8Array
}

/** The hashes by name. */
export const DIGESTS: Readonly<Record<Digest['name'], Digest>> = {
  sha1: { name: 'sha1', hash: sha1 },
  sha256: { name: 'sha256', hash: sha256 },
  sha384: { name: 'sha384', hash: sha384 },
  sha512: { name: 'sha512', hash: sha512 },
}

/** Whether two runs of bytes are the same, looking at all of them. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length
  for (const [at, byte] of left.entries()) difference |= byte ^ (right[at] ?? 0)
  return difference === 0
}
