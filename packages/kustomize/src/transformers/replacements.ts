/** `replacements`: a field of one object goes into fields of others. */
import { isValueMap, type Value, type ValueMap, type YamlNode } from '@kubescape/yaml'

import { listOf, mapOf, mapsOf, textOf, textsOf } from '../kustomization/kustomization.ts'
import {
  asMapping,
  asText,
  clone,
  emptyMapping,
  get,
  isNull,
  listNode,
  nullNode,
  set,
  textNode,
} from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import type { Resource } from '../resources/resource.ts'
import { selectorOf, type Matcher } from '../resources/selector.ts'
import { splitApiVersion } from '../resources/identity.ts'
import { chosenBy, fieldAt, indexOf, isChosen, splitFieldPath } from './field-path.ts'

interface Options {
  readonly delimiter: string
  readonly index: number
  readonly create: boolean
}

/** A resource that a replacement changed, with the path. */
export interface Replaced {
  readonly resource: Resource
  readonly path: string
}

/** Does one replacement; gives what was changed. */
export function replace(
  resources: readonly Resource[],
  replacement: ValueMap,
  matcher: Matcher,
  file: string,
): Replaced[] {
  const value = sourceValue(resources, replacement, file)
  const targets = mapsOf(replacement['targets'])
  if (targets.length === 0) throw new BuildError('replacements must specify at least one target', file)
  return targets.flatMap((target) => replaceIn(resources, target, value, matcher, file))
}

/** The value that goes into the targets: written down, or of a field of one object. */
function sourceValue(resources: readonly Resource[], replacement: ValueMap, file: string): YamlNode {
  const fixed = replacement['sourceValue']
  const source = replacement['source']
  if (fixed !== undefined && fixed !== null) return textNode(textOf(fixed))
  if (!isValueMap(source)) throw new BuildError('replacements must specify a source', file)
  const wanted = exactSelector(source)
  const found = resources.filter(wanted)
  if (found.length !== 1 || found[0] === undefined) {
    const what = JSON.stringify(source)
    throw new BuildError(
      found.length === 0 ? `nothing selected by ${what}` : `multiple matches for selector ${what}`,
      file,
    )
  }
  const path = textOf(source['fieldPath']) || 'metadata.name'
  const value = fieldAt(found[0].node, path)
  if (value === undefined)
    throw new BuildError(`fieldPath '${path}' is missing for replacement source ${JSON.stringify(source)}`, file)
  const options = optionsOf(source['options'])
  if (options.delimiter === '') return clone(value)
  const parts = (asText(value) ?? '').split(options.delimiter)
  const part = parts[options.index]
  if (part === undefined)
    throw new BuildError(`options.index ${options.index} is out of bounds for value ${asText(value) ?? ''}`, file)
  return textNode(part)
}

/** A source is named by whole texts; what is left out fits everything. */
function exactSelector(source: ValueMap): (resource: Resource) => boolean {
  const version = textOf(source['version'])
  const both = splitApiVersion(textOf(source['apiVersion']))
  const wanted = {
    group: textOf(source['group']) || both.group,
    version: version || both.version,
    kind: textOf(source['kind']),
    name: textOf(source['name']),
    namespace: textOf(source['namespace']),
  }
  return ({ ids }) =>
    ids.some(
      (id) =>
        (wanted.group === '' || id.group === wanted.group) &&
        (wanted.version === '' || id.version === wanted.version) &&
        (wanted.kind === '' || id.kind === wanted.kind) &&
        (wanted.name === '' || id.name === wanted.name) &&
        (wanted.namespace === '' || (id.namespace || 'default') === wanted.namespace),
    )
}

function replaceIn(
  resources: readonly Resource[],
  target: ValueMap,
  value: YamlNode,
  matcher: Matcher,
  file: string,
): Replaced[] {
  const select = target['select']
  if (!isValueMap(select)) throw new BuildError('target must specify resources to select', file)
  const isMeant = selectorOf(select, matcher, file)
  const rejected = mapsOf(target['reject']).map((each) => selectorOf(each, matcher, file))
  const paths = listOf(target['fieldPaths']).length === 0 ? ['metadata.name'] : textsOf(target['fieldPaths'])
  const options = optionsOf(target['options'])
  return resources
    .filter((resource) => isMeant(resource) && !rejected.some((each) => each(resource)))
    .flatMap((resource) => {
      resource.remember()
      return paths.map((path) => {
        setField(resource, path, value, options, file)
        return { resource, path }
      })
    })
}

function optionsOf(value: Value | undefined): Options {
  const { delimiter, index, create } = mapOf(value)
  return { delimiter: textOf(delimiter), index: Number(textOf(index) || 0), create: create === true }
}

function setField(resource: Resource, path: string, value: YamlNode, options: Options, file: string): void {
  const parts = splitFieldPath(path)
  const count = visit(resource.node, parts, options, value)
  if (count === 0 && !options.create) {
    throw new BuildError(
      `unable to find field ${JSON.stringify(path)} in replacement target ${JSON.stringify(resource.id.kind)} ${resource.id.name}`,
      file,
    )
  }
}

/** Sets every field that the path leads to; gives their number. */
function visit(node: YamlNode, parts: readonly string[], options: Options, value: YamlNode): number {
  const [part = '', ...rest] = parts
  const [next = ''] = rest
  const step = (present: YamlNode | undefined, put: (made: YamlNode) => void): number => {
    let at = present
    if (at === undefined || (isNull(at) && rest.length > 0 && options.create)) {
      if (!options.create) return 0
      at =
        rest.length === 0
          ? nullNode()
          : chosenBy(next) === undefined && indexOf(next) === undefined
            ? emptyMapping()
            : listNode()
      put(at)
    }
    if (rest.length > 0) return visit(at, rest, options, value)
    put(joined(at, value, options))
    return 1
  }
  if (node.type === 'mapping') {
    if (part === '*')
      return node.entries.reduce((sum, entry) => sum + step(entry.value, (made) => (entry.value = made)), 0)
    return step(get(node, part), (made) => set(node, part, made))
  }
  if (node.type !== 'sequence') return 0
  const { items } = node
  if (part === '*') return items.reduce((sum, item, at) => sum + step(item, (made) => (items[at] = made)), 0)
  const chosen = chosenBy(part)
  const index = indexOf(part)
  const places = items.flatMap((item, at) =>
    (chosen === undefined ? at === index : isChosen(item, chosen)) ? [at] : [],
  )
  if (places.length === 0 && part === '-') {
    return step(undefined, (made) => (items.includes(made) ? undefined : items.push(made)))
  }
  if (places.length === 0 && chosen !== undefined && options.create) {
    const made = chosen.key === '' ? textNode(chosen.value) : emptyMapping()
    const mapping = asMapping(made)
    if (mapping !== undefined) set(mapping, chosen.key, textNode(chosen.value))
    items.push(made)
    places.push(items.length - 1)
  }
  return places.reduce((sum, at) => sum + step(items[at], (made) => (items[at] = made)), 0)
}

/** The value that a field gets: all of it, or one part between delimiters. */
function joined(present: YamlNode, value: YamlNode, { delimiter, index }: Options): YamlNode {
  if (present.type === 'scalar' && value.type === 'scalar') {
    if (delimiter === '') {
      // A text stays a text, and a number a number, as the target has it.
      return present.tag === '!!str' && value.tag !== '!!str' ? { ...value, tag: '!!str' } : { ...value }
    }
    const parts = present.text.split(delimiter)
    if (index < 0) parts.unshift(value.text)
    else if (index >= parts.length) parts.push(value.text)
    else parts[index] = value.text
    return textNode(parts.join(delimiter))
  }
  return clone(value)
}
