/** Files of policies by their digests. */
import { bytesToHex, sha256, utf8ToBytes } from '@kubescape/go'

import type { PolicyFile, PolicySource } from './policy-set.ts'

/** SHA-256 of a text, in hexadecimal. */
function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** What a report and a lock file say of a file. */
export function sourceOf({ path, text }: PolicyFile, kind: PolicySource['kind'], version?: string): PolicySource {
  return { path, digest: digestOf(text), kind, ...(version === undefined ? {} : { version }) }
}
