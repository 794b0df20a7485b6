/** Paths as people write them: `spec.containers.[name=web].image`, `metadata.annotations.[a.b/c]`. */
import type { YamlNode } from '@kubescape/yaml'

import { asText, get } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'

/** The parts of a path with dots; brackets hold a part with dots, or choose entries of a list. */
export function splitFieldPath(path: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  for (let at = 0; at < path.length; at++) {
    const char = path[at] ?? ''
    if (char === '\\' && path[at + 1] === '.') {
      part += '.'
      at++
    } else if (char === '[') {
      if (depth === 0 && part !== '') {
        parts.push(part)
        part = ''
      }
      depth++
      part += char
    } else if (char === ']') {
      depth = Math.max(0, depth - 1)
      part += char
      if (depth === 0) {
        parts.push(part)
        part = ''
      }
    } else if (char === '.' && depth === 0) {
      if (part !== '') parts.push(part)
      part = ''
    } else part += char
  }
  if (part !== '') parts.push(part)
  requireBounded(parts)
  return parts.map((each) => (/^\[[^=]*\]$/.test(each) && !/^\[\d+\]$/.test(each) ? each.slice(1, -1) : each))
}

/** Most parts of a path. */
const MAX_PARTS = 200

/** Every part may make a level of an object. */
export function requireBounded(parts: readonly string[]): void {
  if (parts.length > MAX_PARTS) throw new BuildError(`a path has more than ${MAX_PARTS} parts`)
}

/** What a part in brackets chooses: `[name=web]`. */
export function chosenBy(part: string): { readonly key: string; readonly value: string } | undefined {
  const [, key, value] = /^\[([^=]*)=(.*)\]$/s.exec(part) ?? []
  return key === undefined ? undefined : { key, value: value ?? '' }
}

/** The place of a list entry: `[0]` or `0`. */
export function indexOf(part: string): number | undefined {
  const [, digits] = /^\[?(\d+)\]?$/.exec(part) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** True for an entry that a choice means: by a key of it, or a scalar by itself. */
function isChosen(item: YamlNode, { key, value }: { readonly key: string; readonly value: string }): boolean {
  return (key === '' ? asText(item) : asText(get(item, key))) === value
}

/** The node at a path; undefined where there is none. */
export function fieldAt(node: YamlNode, path: string): YamlNode | undefined {
  let at: YamlNode | undefined = node
  for (const part of splitFieldPath(path)) {
    if (at?.type === 'sequence') {
      const chosen = chosenBy(part)
      at = chosen === undefined ? at.items[indexOf(part) ?? -1] : at.items.find((item) => isChosen(item, chosen))
    } else at = get(at, part)
  }
  return at
}
