/** The one redactor: what must not leave in a report, in objects, present values and excerpts. */
import { asList, asMap, type Value, type ValueMap } from '@kubescape/resources'

/** What stands in for a masked value. */
export const MASK = 'XXXXXX'

const NOISE = ['managedFields'] as const
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** Masked values shorter than this are not looked for elsewhere: they would match by accident. */
const SHORTEST_SEARCHED = 8

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
      const data = asMap(object[part])
      for (const key of Object.keys(data ?? {})) found.push({ path: `${part}[${key}]`, value: data?.[key] ?? null })
    }
  }
  walk(object, '', 0, found)
  return found
}

/** True for a path whose value must be masked. */
export function isSensitivePath(object: ValueMap, path: string): boolean {
  const kind = object['kind']
  if ((kind === 'Secret' || kind === 'ConfigMap') && /^(?:data|stringData|binaryData)(?:$|[.[])/.test(path)) return true
  return /(?:^|\.)env\[\d+\]\.value$/.test(path) || path.includes(LAST_APPLIED)
}

/** A copy of the object that is fit for a report. The object itself is not changed. */
export function redactObject(object: ValueMap): ValueMap {
  const sensitive = sensitiveValues(object)
  const texts = searchedTexts(sensitive)
  const masked = new Set(sensitive.map(({ path }) => path))
  const copy = copyMasked(object, '', masked, texts, 0) as ValueMap
  const metadata = asMap(copy['metadata'])
  if (metadata !== undefined) {
    for (const field of NOISE) delete metadata[field]
    const annotations = asMap(metadata['annotations'])
    if (annotations !== undefined) delete annotations[LAST_APPLIED]
  }
  if (copy['kind'] !== 'Node') delete copy['status']
  return copy
}

/** A text of the same object with every masked value in it replaced. */
export function redactText(text: string, sensitive: readonly SensitiveValue[]): string {
  let redacted = text
  for (const secret of searchedTexts(sensitive)) redacted = redacted.replaceAll(secret, MASK)
  return redacted
}

function searchedTexts(sensitive: readonly SensitiveValue[]): string[] {
  const texts = new Set<string>()
  for (const { value } of sensitive) {
    if (typeof value !== 'string') continue
    for (const line of value.split('\n')) {
      const trimmed = line.trim()
      if (trimmed.length >= SHORTEST_SEARCHED) texts.add(trimmed)
    }
  }
  return [...texts].sort((a, b) => b.length - a.length)
}

/** Environment variables sit in containers; they are looked for anywhere, since custom kinds have pod templates too. */
function walk(value: Value, path: string, depth: number, found: SensitiveValue[]): void {
  if (depth > 64) return
  if (Array.isArray(value)) {
    value.forEach((entry, at) => walk(entry, `${path}[${at}]`, depth + 1, found))
    return
  }
  const map = asMap(value)
  if (map === undefined) return
  for (const key of Object.keys(map)) {
    const below = path === '' ? key : `${path}.${key}`
    if (key === 'env') {
      asList(map[key]).forEach((entry, at) => {
        const variable = asMap(entry)
        if (variable !== undefined && variable['value'] !== undefined && variable['value'] !== null) {
          found.push({ path: `${below}[${at}].value`, value: variable['value'] })
        }
      })
    } else if (typeof map[key] === 'object') {
      walk(map[key] ?? null, below, depth + 1, found)
    }
  }
}

function copyMasked(
  value: Value,
  path: string,
  masked: ReadonlySet<string>,
  texts: readonly string[],
  depth: number,
): Value {
  if (masked.has(path)) return MASK
  if (typeof value === 'string') {
    let text = value
    for (const secret of texts) if (text.includes(secret)) text = text.replaceAll(secret, MASK)
    return text
  }
  if (typeof value !== 'object' || value === null || depth > 64) return typeof value === 'object' ? null : value
  if (Array.isArray(value)) return value.map((entry, at) => copyMasked(entry, `${path}[${at}]`, masked, texts, depth + 1))
  const copy: ValueMap = {}
  for (const key of Object.keys(value)) {
    const isData = depth === 1 && (path === 'data' || path === 'stringData' || path === 'binaryData')
    const below = path === '' ? key : isData ? `${path}[${key}]` : `${path}.${key}`
    const item = copyMasked(value[key] ?? null, below, masked, texts, depth + 1)
    if (key === '__proto__') Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true })
    else copy[key] = item
  }
  return copy
}
