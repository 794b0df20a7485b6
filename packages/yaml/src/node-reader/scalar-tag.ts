/** What scalars are for goyaml v3, by the short names of their tags. */

import { isIntegerText, resolvePlain } from '../scalars.ts'

const core = 'tag:yaml.org,2002:'

/** The tag of a plain scalar. Unlike v2, and so Kubernetes, v3 takes `yes`, `on` and their like for texts. */
export function tagOfPlain(text: string): string {
  const value = resolvePlain(text)
  switch (typeof value) {
    case 'string':
      return '!!str'
    case 'boolean':
      return text.length >= 4 && 'tf'.includes(text.charAt(0).toLowerCase()) ? '!!bool' : '!!str'
    case 'bigint':
      return '!!int'
    case 'number':
      return isIntegerText(text) ? '!!int' : '!!float'
    default:
      return '!!null'
  }
}

/** The short name of a tag of YAML itself; other tags stay what they are. */
export function coreTag(full: string): string {
  return full.startsWith(core) ? `!!${full.slice(core.length)}` : full
}
