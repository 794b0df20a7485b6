/** `vars`: fields of objects that stand in fields of others as `$(NAME)`. */
import type { ScalarNode, ValueMap, YamlNode } from '@kubescape/yaml'

import { mapOf, textOf } from '../kustomization/kustomization.ts'
import { textNode } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { isSelected, splitApiVersion } from '../resources/identity.ts'
import type { Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'
import { fieldAt } from './field-path.ts'

/** A variable: a field of one object. */
export interface Variable {
  readonly name: string
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly object: string
  readonly namespace: string
  readonly field: string
  readonly file: string
}

/** Reads an entry of `vars`. */
export function variableOf(value: ValueMap, file: string): Variable {
  const object = mapOf(value['objref'] ?? value['objRef'])
  const fieldref = mapOf(value['fieldref'] ?? value['fieldRef'])
  const name = textOf(value['name'])
  const { group, version } = splitApiVersion(textOf(object['apiVersion']))
  if (name === '') throw new BuildError('a variable in vars has no name', file)
  return {
    name,
    group: group || textOf(object['group']),
    version: version || textOf(object['version']),
    kind: textOf(object['kind']),
    object: textOf(object['name']),
    namespace: textOf(object['namespace']),
    field: textOf(fieldref['fieldpath']) || textOf(fieldref['fieldPath']) || 'metadata.name',
    file,
  }
}

/**
 * Puts the values of variables where they are asked for.
 * @throws {BuildError} when a variable is of no object, of several, or of no field
 */
export function resolveVariables(
  resources: readonly Resource[],
  variables: readonly Variable[],
  specs: readonly FieldSpec[],
): void {
  if (variables.length === 0) return
  const values = new Map<string, ScalarNode>()
  for (const variable of variables) values.set(variable.name, valueOf(variable, resources))
  for (const resource of resources) editFields(resource, specs, (node) => expanded(node, values))
}

function valueOf(variable: Variable, resources: readonly Resource[]): ScalarNode {
  const { name, object, namespace, field, file } = variable
  const found = resources.filter((resource) =>
    resource.ids.some(
      (id) =>
        id.name === object &&
        isSelected(id, variable) &&
        (namespace === '' || (id.namespace || 'default') === namespace),
    ),
  )
  if (found.length > 1) {
    throw new BuildError(`found ${found.length} resId matches for var ${name} (unable to disambiguate)`, file)
  }
  const value = found[0] === undefined ? undefined : fieldAt(found[0].node, field)
  if (value?.type !== 'scalar') {
    throw new BuildError(`var '${name}' cannot be mapped to a field in the set of known resources`, file)
  }
  return value
}

/** A node with its variables put in; a text that is one variable takes its kind too. */
function expanded(node: YamlNode, values: ReadonlyMap<string, ScalarNode>): YamlNode {
  if (node.type === 'sequence') {
    node.items.forEach((item, at) => void (node.items[at] = expanded(item, values)))
    return node
  }
  if (node.type === 'mapping') {
    for (const entry of node.entries) if (entry.value.type === 'scalar') entry.value = expanded(entry.value, values)
    return node
  }
  if (!node.text.includes('$(')) return node
  const whole = /^\$\(([^)]*)\)$/.exec(node.text)
  const value = whole === null ? undefined : values.get(whole[1] ?? '')
  if (value !== undefined) return { ...value }
  return textNode(expandText(node.text, values))
}

/** `$(NAME)` for values, `$$` for a dollar sign; what has no value stays. */
function expandText(text: string, values: ReadonlyMap<string, ScalarNode>): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (all, name: string | undefined) =>
    name === undefined ? (all === '$$' ? '$' : all) : (values.get(name)?.text ?? all),
  )
}
