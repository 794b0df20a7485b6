/** Lists of registries and repositories that users give, compared with image references at whole names. */
import { parseImage } from './images.ts'

/** True when the full image name is below one of the entries: `quay.io` holds `quay.io/x`, not `quay.io.example.org/x`. */
export function isBelowAny(image: string, entries: readonly string[]): boolean {
  const parsed = parseImage(image)
  if (parsed === undefined) return false
  const name = `${parsed.registry}/${parsed.repository}`
  const full = [
    name,
    parsed.tag === undefined ? '' : `:${parsed.tag}`,
    parsed.digest === undefined ? '' : `@${parsed.digest}`,
  ]
  return entries.some((entry) => entry !== '' && beginsWithName(full.join(''), entry))
}

/** True when the text begins with the entry and the entry ends where a name ends. */
export function beginsWithName(text: string, entry: string): boolean {
  if (!text.startsWith(entry)) return false
  return entry.endsWith('/') || /^(?:$|[/:@])/.test(text.slice(entry.length))
}
