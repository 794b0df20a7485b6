/** Documents inside objects: configuration files of nodes travel as base64 of YAML or JSON. */
import { readDocument, type Value } from '@kubescape/yaml'

/** Texts above this length are no configuration files. */
const LONGEST = 4 * 1024 * 1024

/** The text behind base64; undefined when it is none, or when it is no UTF-8. */
export function decodeBase64Text(base64: string): string | undefined {
  if (base64.length > LONGEST) return undefined
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The value of a YAML or JSON text; undefined when it cannot be read. */
export function readEmbedded(text: string): Value | undefined {
  return readDocument(text, { start: 0, end: text.length, line: 1 }).value
}
