/** Secrets in command lines and configuration files: they are replaced before anything leaves the machine. */
import { asMap, type Value, type ValueMap } from '@kubescape/resources'

/** What stands in place of a secret. It is text, so a setting that was given is still seen as given. */
export const MASK = 'XXXXXX'

/** Names of settings that hold a secret; those that hold the path of one end in `file`, `path` or `dir`. */
const SECRET_NAME =
  /(?:tokens?|passw(?:or)?d|passphrase|secrets?|(?:private|access|secret|api|encryption|signing)[-_]?key|credentials?|[-_]data)$/i

/** True when the setting of this name holds a secret rather than the place of one. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

// Each pattern can begin once a word or once a URL only, so that hostile texts do not make it slow.
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g
const PASSWORD_IN_URL = /\/\/([^/@\s:]*):[^/@\s]*@/g

/** The text without what is a secret by its form: private keys, JSON web tokens, passwords in URLs. */
export function maskText(text: string): string {
  if (text.includes('PRIVATE KEY-----')) return MASK
  return text.replaceAll(JSON_WEB_TOKEN, MASK).replaceAll(PASSWORD_IN_URL, `//$1:${MASK}@`)
}

/** The value without secrets: by the names of its settings, and by the form of its texts. */
export function maskValue(value: Value): Value {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(maskValue)
  const map = asMap(value)
  return map === undefined
    ? value
    : mapEntries(map, (name, entry) => (isSecretName(name) ? maskAll(entry) : maskValue(entry)))
}

/** The value with every text and number in it replaced; empty ones say that nothing was set, and stay. */
export function maskAll(value: Value): Value {
  if (value === null || value === '' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(maskAll)
  const map = asMap(value)
  return map === undefined ? MASK : mapEntries(map, (_, entry) => maskAll(entry))
}

/** A mapping with the same names and other values. */
export function mapEntries(map: ValueMap, change: (name: string, value: Value) => Value): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(name, value)]))
}
