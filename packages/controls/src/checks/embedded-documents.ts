/** Files that node facts carry whole, as base64 of YAML or JSON. */
import { asMap, asText, decodeBase64Text, readEmbedded, type Value, type ValueMap } from '@kubescape/resources'

/**
 * The document of a `content` field. An empty file is an empty mapping; `undefined` stands for everything that cannot be read as
 * a mapping.
 */
export function readContent(content: Value | undefined): ValueMap | undefined {
  const text = decodeBase64Text(asText(content) ?? '!')
  if (text === undefined) return undefined
  const value = text.trim() === '' ? null : readEmbedded(text)
  return value === null ? {} : asMap(value)
}
