/** `replacements`: a field of one object goes into fields of others. */
import { isValueMap, type SequenceNode, type Value, type ValueMap, type YamlNode } from '@kubescape/yaml'

import { listOf, mapOf, mapsOf, textOf, textsOf } from '../kustomization/kustomization.ts'
import type { Budget } from '../limits.ts'
import { asText, clone, emptyMapping, get, isNull, listNode, nullNode, set, textNode } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, idText, isSelected } from '../resources/identity.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { compiled, selectorOf, type Matcher } from '../resources/selector.ts'
import { chosenBy, fieldAt, indexOf, splitFieldPath } from './field-path.ts'

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
  if (targets.length === 0) throw new BuildError('replacements must specify at least one target', file)
  budget.spend(resources.length * (targets.length + 1))
  const value = sourceValue(resources, replacement, file)
  return targets.flatMap((target) => replaceIn(resources, target, value, context))
}

/** The value that goes into the targets: written down, or of a field of one object. */
function sourceValue(resources: readonly Resource[], replacement: ValueMap, file: string): YamlNode {
  const fixed = replacement['sourceValue']
  const source = replacement['source']
  if (fixed !== undefined && fixed !== null) return textNode(textOf(fixed))
  if (!isValueMap(source)) throw new BuildError('replacements must specify a source', file)
  const found = resources.filter(exactSelector(source))
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
  if (ways.length === before && !setting.options.create) {
    throw new BuildError(
      `unable to find field ${JSON.stringify(path)} in replacement target ${idText(resource.id)}`,
      setting.file,
    )
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
      at = emptyFor(rest)
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

function emptyFor([next]: readonly string[]): YamlNode {
  if (next === undefined) return nullNode()
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

/** The value that a field gets: all of it, or one part between delimiters. */
function joined(present: YamlNode, value: YamlNode, { options: { delimiter, index }, budget }: Setting): YamlNode {
  if (present.type === 'scalar' && value.type === 'scalar') {
    if (delimiter === '') {
      // A text stays a text, and a number a number, as the target has it.
      return present.tag === '!!str' && value.tag !== '!!str' ? { ...value, tag: '!!str' } : { ...value }
    }
    const parts = present.text.split(delimiter)
    if (index < 0) parts.unshift(value.text)
    else if (index >= parts.length) parts.push(value.text)
    else parts[index] = value.text
    budget.allowText(present.text.length + value.text.length + delimiter.length)
    return textNode(parts.join(delimiter))
  }
  return clone(value)
}
