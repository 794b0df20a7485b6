/** Builtins for URIs. */
import { escapeUrlPart, hostnameOf, parseUrl, type Url } from '@kubescape/go'
import { BOOLEAN, objectOf, STRING } from '../types/type.ts'
import { emptyObject } from '../values/object.ts'
import { type Builtin, define } from './builtin.ts'
import { failure, textOperand } from './operands.ts'

/** `uri.parse`, `uri.is_valid`. */
export const URIS: readonly Builtin[] = [
  define('uri.parse', [STRING], objectOf(STRING, STRING), (context, operand) => {
    const text = textOperand(operand, 1)
    context.spend(text.length)
    const parsed = parseUrl(text)
    if ('problem' in parsed) throw failure(parsed.problem)
    const { url } = parsed
    const hostname = hostnameOf(url.host)
    const parts = emptyObject()
    const entries: readonly (readonly [string, string])[] = [
      ['scheme', url.scheme],
      ['hostname', hostname],
      ['port', portOf(url)],
      ['path', url.path],
      ['raw_path', url.path === '' ? '' : rawPath(text, url.path)],
      ['raw_query', url.query],
      ['fragment', url.fragment],
    ]
    for (const [name, value] of entries) if (value !== '') parts[name] = value
    return parts
  }),
  define('uri.is_valid', [STRING], BOOLEAN, (context, text) => {
    if (typeof text !== 'string' || text === '') return false
    context.spend(text.length)
    return !('problem' in parseUrl(text))
  }),
]

function portOf({ host }: Url): string {
  return /:(\d*)$/.exec(host)?.[1] ?? ''
}

/** The path as it is written, unless its escapes are just those that it needs. */
function rawPath(text: string, path: string): string {
  const hierarchy = text.replace(/[?#].*$/s, '').replace(/^[a-zA-Z][a-zA-Z0-9+.-]*:/, '')
  const written = hierarchy.replace(/^\/\/[^/]*/, '')
  return written === escapeUrlPart(path, 'path') ? path : written
}
