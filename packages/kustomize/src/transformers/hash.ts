/** Names that depend on content: a change of a ConfigMap or Secret makes a new one. */
import { asText, get } from '../nodes/node.ts'
import { goString, jsonOf } from '../nodes/value.ts'
import type { Resource } from '../resources/resource.ts'

/** Digits that would spell words, or be taken for numbers, and what stands for them. */
const SAFE: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }
const LENGTH = 10

/** Puts the hash of their content behind the names of those that want it. */
export async function addHashes(resources: readonly Resource[]): Promise<void> {
  for (const resource of resources) {
    if (!resource.needsHash) continue
    resource.remember()
    resource.setName(`${resource.id.name}-${await hashOf(resource)}`)
    const { file, line, generator = 'transformers' } = resource.source
    resource.changes.push({ file, line, by: generator, ways: [['metadata', 'name']] })
  }
}

/** kustomize looks for the name where it is not, so that it has no part in the hash. */
const NAME = '"name":""'

/** Asks for the hash of all ConfigMaps and Secrets. */
export function addHashSuffix(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (['ConfigMap', 'Secret'].includes(resource.id.kind)) resource.needsHash = true
  }
}

/** The hash of an object: of a ConfigMap or Secret that of its data, of anything else that of all of it. */
async function hashOf(resource: Resource): Promise<string> {
  const bytes = new TextEncoder().encode(contentOf(resource))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const digits = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.slice(0, LENGTH).replaceAll(/[013ae]/g, (digit) => SAFE[digit] ?? digit)
}

/** What is hashed; the order of members is part of it. */
function contentOf({ node, id }: Resource): string {
  const part = (name: string): string => {
    const value = get(node, name)
    return value === undefined ? '""' : jsonOf(value)
  }
  if (id.group === '' && id.kind === 'ConfigMap') {
    const binary = get(node, 'binaryData')
    const parts = [
      ...(binary === undefined ? [] : [`"binaryData":${jsonOf(binary)}`]),
      `"data":${part('data')}`,
      '"kind":"ConfigMap"',
      NAME,
    ]
    return `{${parts.join(',')}}`
  }
  if (id.group === '' && id.kind === 'Secret') {
    const text = get(node, 'stringData')
    const parts = [
      `"data":${part('data')}`,
      '"kind":"Secret"',
      NAME,
      ...(text === undefined ? [] : [`"stringData":${jsonOf(text)}`]),
      `"type":${goString(asText(get(node, 'type')) ?? '')}`,
    ]
    return `{${parts.join(',')}}`
  }
  return jsonOf(node)
}
