/** `configMapGenerator` and `secretGenerator`. */
import { isValueMap, type MappingNode, type ValueMap } from '@kubescape/yaml'

import type { FileSystem } from '../file-system.ts'
import { mapOf, textOf } from '../kustomization/kustomization.ts'
import { asMapping, asText, clone, emptyMapping, get, mappingAt, scalarNode, set, textNode } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { Resource, type Behavior, type ObjectSource, type OpenChange } from '../resources/resource.ts'
import { pairsOf } from './data.ts'

/** What generators make. */
export type Generated = 'ConfigMap' | 'Secret'

/** Makes an object of a generator's entry. `shared` are the options for all generators. */
export function generate(
  kind: Generated,
  args: ValueMap,
  shared: ValueMap,
  files: FileSystem,
  directory: string,
  source: ObjectSource,
): Resource {
  const name = textOf(args['name'])
  if (name === '') throw new BuildError(`a ${kind} generator has no name`, source.file, source.line)
  const node = emptyMapping()
  set(node, 'apiVersion', textNode('v1'))
  set(node, 'kind', textNode(kind))
  const metadata = emptyMapping()
  set(node, 'metadata', metadata)
  set(metadata, 'name', textNode(name))
  const namespace = textOf(args['namespace'])
  if (namespace !== '') set(metadata, 'namespace', textNode(namespace))
  if (kind === 'Secret') {
    set(node, 'type', textNode(textOf(args['type']) || 'Opaque'))
    set(node, 'data', emptyMapping())
  }
  for (const [key, text] of pairsOf(args, files, directory, source.file)) addPair(node, kind, key, text)
  const own = mapOf(args['options'])
  addMetadata(metadata, 'labels', { ...mapOf(shared['labels']), ...mapOf(own['labels']) })
  addMetadata(metadata, 'annotations', { ...mapOf(shared['annotations']), ...mapOf(own['annotations']) })
  if (own['immutable'] === true || shared['immutable'] === true) set(node, 'immutable', scalarNode('true', '!!bool'))
  const resource = new Resource(node, source)
  resource.behavior = behaviorOf(textOf(args['behavior']), source)
  resource.needsHash = !(shared['disableNameSuffixHash'] === true || own['disableNameSuffixHash'] === true)
  return resource
}

function behaviorOf(text: string, { file, line }: ObjectSource): Behavior {
  if (text === '' || text === 'create' || text === 'merge' || text === 'replace') return text
  return fail(`behavior ${text} is none of create, merge and replace`, file, line)
}

function fail(message: string, file: string, line: number): never {
  throw new BuildError(message, file, line)
}

function addMetadata(metadata: MappingNode, name: 'labels' | 'annotations', entries: ValueMap): void {
  const pairs = Object.entries(entries)
  if (pairs.length === 0) return
  const into = mappingAt(metadata, name)
  for (const [key, value] of pairs) {
    if (into !== undefined)
      set(into, key, textNode(isValueMap(value) ? '' : typeof value === 'boolean' ? String(value) : textOf(value)))
  }
}

/** Texts of ConfigMaps stand as they are, unless they are no UTF-8; Secrets hold base64. */
function addPair(node: MappingNode, kind: Generated, key: string, text: string): void {
  const isBinary = /[\uDC80-\uDCFF]/.test(text) && !text.isWellFormed()
  const data = mappingAt(node, kind === 'ConfigMap' && isBinary ? 'binaryData' : 'data')
  if (data === undefined) return
  if (kind === 'ConfigMap' && !isBinary) {
    set(data, key, textNode(text, text.includes('\n') ? 'literal' : 'plain'))
    return
  }
  set(data, key, textNode(wrapped(bytesOf(text).toBase64())))
}

/** Bytes of a text in which stray bytes stand as U+DC80 to U+DCFF. */
function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else bytes.push(...new TextEncoder().encode(char))
  }
  return Uint8Array.from(bytes)
}

/** Long values are broken into lines of 70 characters. */
function wrapped(text: string): string {
  const WIDTH = 70
  if (text.length <= WIDTH) return text
  return `${text.match(/.{1,70}/g)?.join('\n') ?? ''}\n`
}

/**
 * Puts what a generator made in the place of an object that is there. It keeps its name, and its labels and annotations
 * beside those of the generator; with `merge` its data too. All else, such as the type of a Secret, is the generator's.
 */
export function mergeGenerated(into: Resource, from: Resource): void {
  const { node } = into
  const made = clone(from.node)
  if (from.behavior === 'merge') for (const name of ['data', 'binaryData']) putBelow(made, node, name)
  const metadata = asMapping(get(made, 'metadata'))
  const present = asMapping(get(node, 'metadata'))
  if (metadata !== undefined && present !== undefined) {
    for (const name of ['name', 'namespace']) {
      const value = get(present, name)
      if (value !== undefined) set(metadata, name, value)
    }
    for (const name of ['labels', 'annotations']) putBelow(metadata, present, name)
  }
  node.entries.splice(0, node.entries.length, ...made.entries)
  into.needsHash = from.needsHash
  if (from.behavior === 'replace') into.source = from.source
  else into.changes.push(changeBy(from))
}

/** What a generator that merges sets. */
function changeBy({ node, source: { file, line, generator = '' } }: Resource): OpenChange {
  const ways = ['data', 'binaryData'].flatMap((name) => {
    const entries = asMapping(get(node, name))?.entries ?? []
    return entries.map(({ key }) => [name, key.text])
  })
  return { file, line, by: generator, ways: get(node, 'type') === undefined ? ways : [...ways, ['type']] }
}

/** Adds the texts of a mapping in another node that the same mapping in this one does not have. */
function putBelow(node: MappingNode, other: MappingNode, name: string): void {
  const added = asMapping(get(other, name))
  const into = added === undefined ? undefined : mappingAt(node, name)
  if (added === undefined || into === undefined) return
  const taken = new Set(into.entries.map(({ key }) => key.text))
  for (const { key, value } of added.entries) {
    if (!taken.has(key.text)) into.entries.push({ key, value: textNode(asText(value) ?? '') })
  }
}
