/** Which objects a patch or a replacement is about. */
import { isValueMap, type MappingNode, type Value, type ValueMap } from '@kubescape/yaml'

import { asText } from '../nodes/node.ts'
import { textOf } from '../kustomization/kustomization.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, type ResourceId } from './identity.ts'
import type { Resource } from './resource.ts'

/** Looks whether a whole text matches a pattern; throws for a pattern that makes no sense. */
export type Matcher = (pattern: string) => (text: string) => boolean

/** Chooses objects. */
export type Selector = (resource: Resource) => boolean

const PARTS = ['group', 'version', 'kind', 'name', 'namespace'] as const

/** Reads a selector: patterns for the parts of identities, and selectors of labels and annotations. */
export function selectorOf(value: ValueMap, matcher: Matcher, file: string): Selector {
  const patterns = PARTS.flatMap((part) => {
    const pattern = textOf(value[part])
    return pattern === '' ? [] : [{ part, matches: compiled(pattern, matcher, file) }]
  })
  const labels = requirementsOf(value['labelSelector'], file)
  const annotations = requirementsOf(value['annotationSelector'], file)
  return (resource) => {
    const { id, originalId } = resource
    return (
      patterns.every(
        ({ part, matches }) =>
          matches(partOf(id, part)) || ((part === 'name' || part === 'namespace') && matches(partOf(originalId, part))),
      ) &&
      labels.every((each) => each(resource.metadataMap('labels'))) &&
      annotations.every((each) => each(resource.metadataMap('annotations')))
    )
  }
}

function partOf(id: ResourceId, part: (typeof PARTS)[number]): string {
  return part === 'namespace' ? effectiveNamespace(id) : id[part]
}

/** Reads a pattern; one that makes no sense ends the build. */
export function compiled(pattern: string, matcher: Matcher, file: string): (text: string) => boolean {
  try {
    return matcher(pattern)
  } catch (error) {
    throw new BuildError(
      `${JSON.stringify(pattern)} is no pattern: ${error instanceof Error ? error.message : ''}`,
      file,
    )
  }
}

type Requirement = (entries: MappingNode | undefined) => boolean

/** `app=web,tier!=test,env in (a, b),!old`. */
function requirementsOf(value: Value | undefined, file: string): Requirement[] {
  const text = isValueMap(value) ? '' : textOf(value).trim()
  if (text === '') return []
  return text.split(/,(?![^(]*\))/).map((each) => requirement(each.trim(), file))
}

function valueOf(entries: MappingNode | undefined, key: string): string | undefined {
  return asText(entries?.entries.find((entry) => entry.key.text === key)?.value)
}

function requirement(text: string, file: string): Requirement {
  const [, key = '', operator = '', list = ''] = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text) ?? []
  if (key !== '') {
    const values = new Set(list.split(',').map((each) => each.trim()))
    return operator === 'in'
      ? (entries) => values.has(valueOf(entries, key) ?? '') && valueOf(entries, key) !== undefined
      : (entries) => !values.has(valueOf(entries, key) ?? '') || valueOf(entries, key) === undefined
  }
  const [, name = '', sign = '', wanted = ''] = /^([\w./-]+)\s*(==|=|!=)\s*([\w./-]*)$/.exec(text) ?? []
  if (name !== '') {
    return sign === '!='
      ? (entries) => valueOf(entries, name) !== wanted
      : (entries) => valueOf(entries, name) === wanted
  }
  const [, not = '', plain = ''] = /^(!?)\s*([\w./-]+)$/.exec(text) ?? []
  if (plain === '') throw new BuildError(`${JSON.stringify(text)} is no selector`, file)
  return (entries) => (valueOf(entries, plain) !== undefined) === (not === '')
}
