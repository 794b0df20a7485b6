/** `vars`: fields of objects that stand in fields of others as `$(NAME)`. */
import type { ScalarNode, ValueMap, YamlNode } from '@kubescape/yaml'

import { mapOf, textOf } from '../kustomization/kustomization.ts'
import type { Budget } from '../limits.ts'
import { textNode } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, isClusterScoped, splitApiVersion } from '../resources/identity.ts'
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
  readonly line: number
}

/** Reads an entry of `vars`. */
export function variableOf(value: ValueMap, file: string, line: number): Variable {
  const object = mapOf(value['objref'])
  const fieldref = mapOf(value['fieldref'])
  const name = textOf(value['name'])
  const { group, version } = splitApiVersion(textOf(object['apiVersion']))
  if (name === '') throw new BuildError('a variable in vars has no name', file, line)
  return {
    name,
    group: group || textOf(object['group']),
    version: version || textOf(object['version']),
    kind: textOf(object['kind']),
    object: textOf(object['name']),
    namespace: textOf(object['namespace']),
    field: textOf(fieldref['fieldPath']) || 'metadata.name',
    file,
    line,
  }
}

/** True when both are the same field of the same object, wherever they are told. */
export function isSameVariable(a: Variable, b: Variable): boolean {
  const parts = ['name', 'group', 'version', 'kind', 'object', 'namespace', 'field'] as const
  return parts.every((part) => a[part] === b[part])
}

/**
 * Puts the values of variables where they are asked for.
 * @throws {BuildError} when a variable is of no object, of several, or of no field
 */
export function resolveVariables(
  resources: readonly Resource[],
  variables: readonly Variable[],
  specs: readonly FieldSpec[],
  budget: Budget,
): void {
  if (variables.length === 0) return
  budget.spend(resources.length * variables.length)
  const values = new Map(variables.map((variable) => [variable.name, { variable, node: valueOf(variable, resources) }]))
  for (const resource of resources) {
    const expansion = new Expansion(values, budget)
    editFields(resource, specs, (node, way) => expansion.node(node, way))
    for (const [{ file, line }, ways] of expansion.used) resource.changes.push({ file, line, by: 'vars', ways })
  }
}

/**
 * Notes whose field a variable is. That is told where the variable is: an object of that name further up is another one.
 * @throws {BuildError} when there are several
 */
export function assignVariable(variable: Variable, resources: readonly Resource[]): void {
  const { group, version, kind, object, namespace, name, file, line } = variable
  const wanted = effectiveNamespace({ group, version, kind, name: object, namespace })
  const isAnywhere = namespace === '' && !isClusterScoped(variable)
  const [found, ...others] = resources.filter((resource) =>
    resource.ids.some(
      (id) =>
        id.name === object &&
        id.kind === kind &&
        id.group === group &&
        id.version === version &&
        (isAnywhere || effectiveNamespace(id) === wanted),
    ),
  )
  if (others.length > 0) {
    const count = others.length + 1
    throw new BuildError(`found ${count} resId matches for var ${name} (unable to disambiguate)`, file, line)
  }
  found?.variables.add(name)
}

function valueOf({ name, field, file, line }: Variable, resources: readonly Resource[]): ScalarNode {
  const found = resources.find(({ variables }) => variables.has(name))
  if (found === undefined) {
    throw new BuildError(`var '${name}' cannot be mapped to a field in the set of known resources`, file, line)
  }
  const value = fieldAt(found.node, field)
  if (value?.type !== 'scalar') {
    throw new BuildError(`field specified in var '${name}' not found in corresponding resource`, file, line)
  }
  return value
}

/** A variable with its value. */
interface Known {
  readonly variable: Variable
  readonly node: ScalarNode
}

/** Puts variables into the fields of one object, and remembers where. */
class Expansion {
  readonly used = new Map<Variable, (readonly Step[])[]>()
  readonly #values: ReadonlyMap<string, Known>
  readonly #budget: Budget

  constructor(values: ReadonlyMap<string, Known>, budget: Budget) {
    this.#values = values
    this.#budget = budget
  }

  /** A node with its variables put in: texts, and the texts of lists and mappings. */
  node(node: YamlNode, way: readonly Step[]): YamlNode {
    if (node.type === 'sequence') {
      node.items.forEach((item, at) => void (node.items[at] = this.node(item, [...way, entryStep(item, at)])))
      return node
    }
    if (node.type === 'mapping') {
      for (const entry of node.entries) {
        if (entry.value.type === 'scalar') entry.value = this.#scalar(entry.value, [...way, entry.key.text])
      }
      return node
    }
    return this.#scalar(node, way)
  }

  /** A text that is one variable takes its kind too. */
  #scalar(node: ScalarNode, way: readonly Step[]): ScalarNode {
    if (node.tag !== '!!str' || !node.text.includes('$')) return node
    const whole = /^\$\(([^)]*)\)$/.exec(node.text)
    const known = whole === null ? undefined : this.#value(whole[1] ?? '', way)
    return known === undefined ? textNode(this.#text(node.text, way)) : { ...known }
  }

  /** `$(NAME)` for values, `$$` for a dollar sign; what has no value stays. */
  #text(text: string, way: readonly Step[]): string {
    let length = text.length
    return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (all, name: string | undefined) => {
      if (name === undefined) return '$'
      const value = this.#value(name, way)?.text ?? all
      length += value.length
      this.#budget.allowText(length)
      return value
    })
  }

  #value(name: string, way: readonly Step[]): ScalarNode | undefined {
    const known = this.#values.get(name)
    if (known === undefined) return undefined
    const ways = this.used.get(known.variable)
    if (ways === undefined) this.used.set(known.variable, [way])
    else if (ways.at(-1) !== way) ways.push(way)
    return known.node
  }
}
