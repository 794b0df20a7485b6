/** `replacements`: a field of one object goes into fields of others. */
import {
  isValueMap,
  type ScalarNode,
  type SequenceNode,
  type Value,
  type ValueMap,
  type YamlNode,
} from '@kubescape/yaml'

import { listOf, mapOf, mapsOf, textOf, textsOf } from '../kustomization/kustomization.ts'
import type { Budget } from '../limits.ts'
import { asText, clone, emptyMapping, get, isNull, listNode, set, textNode } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import { plainNode } from '../nodes/value.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, idText, isSelected } from '../resources/identity.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { compiled, selectorOf, type Matcher } from '../resources/selector.ts'
import { chosenBy, fieldAt, indexOf, splitFieldPath } from './field-path.ts'

const NO_SOURCE = 'replacements must specify a source and at least one target'
const NO_SCALAR = 'delimiter option can only be used with scalar nodes'
/** The tag of a scalar that has just been made: what it is depends on its text. */
const UNTOLD = ''

interface Options {
  readonly delimiter: string
  readonly index: number
  readonly create: boolean
}

/** What replacements work on. */
export interface ReplaceContext {
  readonly matcher: Matcher
  readonly budget: Budget
  readonly file: string
}

/** Does one replacement; gives what was changed. */
export function replace(resources: readonly Resource[], replacement: ValueMap, context: ReplaceContext): Changed[] {
  const { budget, file } = context
  const targets = mapsOf(replacement['targets'])
  if (targets.length === 0) throw new BuildError(NO_SOURCE, file)
  budget.spend(resources.length * (targets.length + 1))
  const value = sourceValue(resources, replacement, file)
  return targets.flatMap((target) => replaceIn(resources, target, value, context))
}

/** The value that goes into the targets: written down, or of a field of one object. */
function sourceValue(resources: readonly Resource[], replacement: ValueMap, file: string): YamlNode {
  const fixed = replacement['sourceValue']
  const source = replacement['source']
  if (fixed !== undefined && fixed !== null) return textNode(textOf(fixed))
  if (!isValueMap(source)) throw new BuildError(NO_SOURCE, file)
  const [found, another] = resources.filter(exactSelector(source))
  if (found === undefined) throw new BuildError(`nothing selected by ${sourceText(source)}`, file)
  if (another !== undefined) throw new BuildError(`multiple matches for selector ${sourceText(source)}`, file)
  const path = textOf(source['fieldPath']) || 'metadata.name'
  const value = fieldAt(found.node, path)
  if (value === undefined || isNull(value) || isEmpty(value)) {
    throw new BuildError(`fieldPath \`${path}\` is missing for replacement source ${sourceId(source)}`, file)
  }
  const { delimiter, index } = optionsOf(source['options'])
  if (delimiter === '') return clone(value)
  if (value.type !== 'scalar') throw new BuildError(NO_SCALAR, file)
  const part = value.text.split(delimiter)[index]
  if (part === undefined) {
    throw new BuildError(`options.index ${index} is out of bounds for value ${value.text}`, file)
  }
  return { ...value, text: part }
}

function isEmpty(node: YamlNode): boolean {
  return node.type === 'sequence' ? node.items.length === 0 : node.type === 'mapping' && node.entries.length === 0
}

function sourceId(source: ValueMap): string {
  const [group, version, kind, name, namespace] = ['group', 'version', 'kind', 'name', 'namespace'].map((part) =>
    textOf(source[part]),
  )
  return idText({
    group: group ?? '',
    version: version ?? '',
    kind: kind ?? '',
    name: name ?? '',
    namespace: namespace ?? '',
  })
}

/** As kustomize writes a source in its messages. */
function sourceText(source: ValueMap): string {
  const { delimiter, index, create } = optionsOf(source['options'])
  const options = [
    ...(delimiter === '' ? [] : [`delimiter(${delimiter})`]),
    ...(index === 0 ? [] : [`index(${index})`]),
    ...(create ? ['create(true)'] : []),
  ]
  const parts = [sourceId(source), textOf(source['fieldPath']), options.join(',')]
  return parts.filter((part) => part !== '').join(':')
}

/** Objects are named by whole texts, as they are or were; what is left out fits everything. */
function exactSelector(by: ValueMap): (resource: Resource) => boolean {
  const wanted = { group: textOf(by['group']), version: textOf(by['version']), kind: textOf(by['kind']) }
  const [name, namespace] = [textOf(by['name']), textOf(by['namespace'])]
  return ({ ids }) =>
    ids.some(
      (id) =>
        isSelected(id, wanted) &&
        (name === '' || id.name === name) &&
        (namespace === '' || effectiveNamespace(id) === namespace),
    )
}

/** What a target rejects: names that it tells, or labels and annotations. */
function rejection(by: ValueMap, { matcher, file }: ReplaceContext): (resource: Resource) => boolean {
  const isNamed = ['group', 'version', 'kind', 'name', 'namespace'].some((part) => textOf(by[part]) !== '')
  const isLabelled = ['labelSelector', 'annotationSelector'].some((part) => textOf(by[part]) !== '')
  const names = exactSelector(by)
  const labels = selectorOf(labelsOf(by), matcher, file)
  return (resource) => (isNamed && names(resource)) || (isLabelled && labels(resource))
}

function labelsOf({ labelSelector = '', annotationSelector = '' }: ValueMap): ValueMap {
  return { labelSelector, annotationSelector }
}

function replaceIn(
  resources: readonly Resource[],
  target: ValueMap,
  value: YamlNode,
  context: ReplaceContext,
): Changed[] {
  const { matcher, budget, file } = context
  const select = target['select']
  if (!isValueMap(select)) throw new BuildError('target must specify resources to select', file)
  const [isNamed, isLabelled] = [exactSelector(select), selectorOf(labelsOf(select), matcher, file)]
  const rejected = mapsOf(target['reject']).map((each) => rejection(each, context))
  const paths = listOf(target['fieldPaths']).length === 0 ? ['metadata.name'] : textsOf(target['fieldPaths'])
  const options = optionsOf(target['options'])
  return resources
    .filter((each) => isNamed(each) && isLabelled(each) && !rejected.some((isRejected) => isRejected(each)))
    .map((resource) => {
      resource.remember()
      const ways: (readonly Step[])[] = []
      for (const path of paths) {
        budget.copy(value)
        setField(resource, path, ways, { ...context, options, value })
        budget.measure(resource.node)
      }
      return { resource, ways }
    })
}

function optionsOf(value: Value | undefined): Options {
  const { delimiter, index, create } = mapOf(value)
  return { delimiter: textOf(delimiter), index: Number(textOf(index) || 0), create: create === true }
}

/** A value on its way into fields. */
interface Setting extends ReplaceContext {
  readonly options: Options
  readonly value: YamlNode
}

function setField(resource: Resource, path: string, ways: (readonly Step[])[], setting: Setting): void {
  const before = ways.length
  visit(resource.node, splitFieldPath(path), [], ways, setting)
  if (ways.length === before) {
    const doing = setting.options.create ? 'find or create' : 'find'
    throw new BuildError(`unable to ${doing} field ${JSON.stringify(path)} in replacement target`, setting.file)
  }
}

/** Sets every field that the path leads to. */
function visit(
  node: YamlNode,
  parts: readonly string[],
  way: readonly Step[],
  ways: (readonly Step[])[],
  setting: Setting,
): void {
  const [part = '', ...rest] = parts
  const { options, value } = setting
  const step = (present: YamlNode | undefined, through: Step, put: (made: YamlNode) => void): void => {
    let at = present
    if (at === undefined || (isNull(at) && rest.length > 0 && options.create)) {
      if (!options.create) return
      at = emptyFor(rest, value)
      put(at)
    }
    const below = [...way, through]
    if (rest.length > 0) {
      visit(at, rest, below, ways, setting)
      return
    }
    put(joined(at, value, setting))
    ways.push(below)
  }
  if (node.type === 'mapping') {
    if (part !== '*') step(get(node, part), part, (made) => set(node, part, made))
    else for (const entry of node.entries) step(entry.value, entry.key.text, (made) => (entry.value = made))
  } else if (node.type === 'sequence') {
    for (const at of placesIn(node, part, setting)) {
      step(node.items[at], entryStep(node.items[at], at), (made) => (node.items[at] = made))
    }
  }
}

function emptyFor([next]: readonly string[], value: YamlNode): YamlNode {
  if (next === undefined) return value.type === 'scalar' ? { ...textNode(''), tag: UNTOLD } : clone(value)
  return chosenBy(next) === undefined && indexOf(next) === undefined ? emptyMapping() : listNode()
}

/** The entries of a list that a part of a path means; one that is to be made is appended. */
function placesIn({ items }: SequenceNode, part: string, { options, matcher, file }: Setting): number[] {
  if (part === '*') return items.map((_, at) => at)
  const chosen = chosenBy(part)
  if (chosen === undefined) {
    const index = part === '-' ? items.length : indexOf(part)
    if (index === undefined || (index === items.length && !options.create)) return []
    if (index > items.length) {
      throw new BuildError(`index ${index} specified but only ${items.length} elements found`, file)
    }
    return [index]
  }
  // kustomize looks for a pattern anywhere in the field here.
  const matches = compiled(`.*(?:${chosen.value}).*`, matcher, file)
  const places = items.flatMap((item, at) => {
    const text = asText(chosen.key === '' ? item : get(item, chosen.key))
    return text !== undefined && matches(text) ? [at] : []
  })
  if (places.length > 0 || !options.create) return places
  const made = chosen.key === '' ? textNode(chosen.value) : emptyMapping()
  if (made.type === 'mapping') set(made, chosen.key, textNode(chosen.value))
  items.push(made)
  return [items.length - 1]
}

/** The value that a field gets: all of it, or one part between delimiters. A scalar stays of the type that it is. */
function joined(present: YamlNode, value: YamlNode, { options, budget, file }: Setting): YamlNode {
  const { delimiter, index } = options
  if (present.type !== 'scalar') {
    if (delimiter !== '') throw new BuildError(NO_SCALAR, file)
    return clone(value)
  }
  const own = value.type === 'scalar' ? value.text : ''
  if (delimiter === '') return typed(own, present, file)
  const parts = present.text.split(delimiter)
  if (index < 0) parts.unshift(own)
  else if (index >= parts.length) parts.push(own)
  else parts[index] = own
  budget.allowText(present.text.length + own.length + delimiter.length)
  return typed(parts.join(delimiter), present, file)
}

/** The text as a scalar of the type of the one that it replaces. */
function typed(text: string, { tag }: ScalarNode, file: string): ScalarNode {
  if (tag === '!!str') return textNode(text)
  const plain = plainNode(text)
  if (tag === UNTOLD || tag === '!!null' || tag === plain.tag) return plain
  if (tag === '!!float' && plain.tag === '!!int') return { ...plain, tag }
  throw new BuildError(`cannot decode ${plain.tag} \`${text}\` as a ${tag}`, file)
}
