/** Which values of objects are secret: what must not leave in a report, whoever quotes it. */
import type { Value, ValueMap } from '@kubescape/yaml'

import { asList, asMap, asText } from './object.ts'

/** What stands in for a masked value. */
export const MASK = 'XXXXXX'

/** Where kubectl keeps a copy of the object. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Masked values shorter than this are not looked for elsewhere: they would match by accident. */
const SHORTEST_SEARCHED = 8
/** Longer values are files, not secrets, and so many texts times so many values would take for ever. */
const LONGEST_SEARCHED = 4096
const MOST_SEARCHED = 500
/** Objects nest no deeper than the reader lets them; this bounds what does not come from it. */
const DEEPEST = 256

/** A value that must be masked, with its path in the object. */
export interface SensitiveValue {
  readonly path: string
  readonly value: Value
}

/** Every value of an object that must be masked: data of Secrets and ConfigMaps, values of environment variables. */
export function sensitiveValues(object: ValueMap): SensitiveValue[] {
  const found: SensitiveValue[] = []
  if (object['kind'] === 'Secret' || object['kind'] === 'ConfigMap') {
    for (const part of ['data', 'stringData', 'binaryData']) {
      const value = object[part] ?? null
      const data = asMap(value)
      if (data === undefined && value !== null) found.push({ path: part, value })
      for (const key of Object.keys(data ?? {})) found.push({ path: `${part}[${key}]`, value: data?.[key] ?? null })
    }
  }
  walk(object, [], found)
  return found
}

/** True for a path whose value must be masked. */
export function isSensitivePath(object: ValueMap, path: string): boolean {
  const kind = object['kind']
  if ((kind === 'Secret' || kind === 'ConfigMap') && /^(?:data|stringData|binaryData)(?:$|[.[])/.test(path)) return true
  return /(?:^|\.)env\[\d+\]\.value$/.test(path) || path.includes(LAST_APPLIED)
}

/** A text of the same object with every masked value in it replaced. */
export function redactText(text: string, sensitive: readonly SensitiveValue[]): string {
  let redacted = text
  for (const secret of searchedTexts(sensitive)) redacted = redacted.replaceAll(secret, MASK)
  return redacted
}

/** The masked values that are looked for in other texts of the object: those of a secret's usual length, longest first. */
export function searchedTexts(sensitive: readonly SensitiveValue[]): string[] {
  const texts = new Set<string>()
  for (const { value } of sensitive) {
    if (texts.size >= MOST_SEARCHED) break
    const text = asText(value) ?? ''
    if (text.length > LONGEST_SEARCHED) continue
    for (const line of [text, ...text.split('\n')]) {
      if (line.trim().length >= SHORTEST_SEARCHED) texts.add(line.trim())
    }
  }
  return [...texts].toSorted((x, y) => y.length - x.length)
}

/** Environment variables sit in containers; they are looked for anywhere, since custom kinds have pod templates too. */
function walk(value: Value, path: (string | number)[], found: SensitiveValue[]): void {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      path.push(at)
      walk(value[at] ?? null, path, found)
      path.pop()
    }
    return
  }
  for (const key of Object.keys(value)) {
    const below = value[key]
    if (typeof below !== 'object' || below === null) continue
    path.push(key)
    if (key === 'env' && Array.isArray(below)) findEnvironment(below, path, found)
    else walk(below, path, found)
    path.pop()
  }
}

function findEnvironment(env: Value, path: readonly (string | number)[], found: SensitiveValue[]): void {
  asList(env).forEach((entry, at) => {
    const value = asMap(entry)?.['value']
    if (value !== undefined && value !== null) found.push({ path: `${writePath(path)}[${at}].value`, value })
  })
}

function writePath(path: readonly (string | number)[]): string {
  let text = ''
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`
  return text
}
