/** Replacement texts: `$1`, `${1}x`, `$name`, `$$`. */
import type { Match } from './engine/engine.ts'

/** A part of a replacement: text, or a group by number or name. */
type Part = string | { readonly group: number } | { readonly name: string }

/** A replacement that was read. */
export type Template = readonly Part[]

/**
 * Reads a replacement. A name is as long as it can be, so `$1x` is the group named `1x`; a dollar that no name follows is
 * text.
 */
export function parseTemplate(text: string): Template {
  const parts: Part[] = []
  let at = 0
  for (;;) {
    const dollar = text.indexOf('$', at)
    if (dollar < 0) break
    if (dollar > at) parts.push(text.slice(at, dollar))
    at = dollar + 1
    if (text[at] === '$') {
      parts.push('$')
      at++
      continue
    }
    NAME.lastIndex = at
    const [all, braced, plain] = NAME.exec(text) ?? []
    if (all === undefined) {
      parts.push('$')
      continue
    }
    at += all.length
    const name = braced ?? plain ?? ''
    parts.push(/^(?:0|[1-9]\d{0,8})$/.test(name) ? { group: Number(name) } : { name })
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

const NAME = /\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+)/uy

/** The replacement of a match. Groups that do not exist, or took no part, are empty. */
export function expand(template: Template, match: Match, names: readonly string[]): string {
  let text = ''
  for (const part of template) {
    if (typeof part === 'string') text += part
    else if ('group' in part) text += match[part.group] ?? ''
    else {
      // Several groups may have one name: the first that took part counts.
      const group = names.findIndex((name, index) => name === part.name && match[index + 1] !== undefined)
      if (group >= 0) text += match[group + 1] ?? ''
    }
  }
  return text
}
