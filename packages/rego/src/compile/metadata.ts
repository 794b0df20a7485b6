/** What `rego.metadata.chain()` and `rego.metadata.rule()` say: constants, made of the metadata around a rule. */
import type { Annotation, Location, Module, Rule, Term } from '../syntax/ast.ts'
import { valueText } from '../values/value-text.ts'

/** The metadata of all modules. */
export class MetadataIndex {
  readonly #packages = new Map<string, Annotation>()
  readonly #subpackages = new Map<string, Annotation>()
  readonly #documents = new Map<string, Annotation>()
  readonly #rules = new Map<Rule, Annotation>()

  constructor(modules: readonly Module[]) {
    for (const module of modules) {
      for (const annotation of module.annotations) this.#add(annotation, module)
    }
  }

  /** The metadata of the rule itself, then of its document, its package, and of packages around that; each with its path. */
  chain(rule: Rule, module: Module, location: Location): Term {
    const items: Term[] = []
    const path = rulePath(rule, module)
    const own = this.#rules.get(rule)
    items.push(entry(path, own, location))
    const document = this.#documents.get(JSON.stringify(path))
    if (document !== undefined) items.push(entry(path, document, location))
    const base = module.package.path
    const whole = this.#packages.get(JSON.stringify(base))
    if (whole !== undefined) items.push(entry(base, whole, location))
    for (let length = base.length; length > 0; length--) {
      const around = base.slice(0, length)
      const annotation = this.#subpackages.get(JSON.stringify(around))
      if (annotation !== undefined) items.push(entry(around, annotation, location))
    }
    return { type: 'array', items, location }
  }

  /** The metadata of the rule itself; an empty object where there is none. */
  own(rule: Rule, location: Location): Term {
    return constant(this.#rules.get(rule)?.data ?? {}, location)
  }

  #add(annotation: Annotation, module: Module): void {
    const key = JSON.stringify(module.package.path)
    const rule = annotation.rule === undefined ? undefined : module.rules[annotation.rule]
    switch (annotation.scope) {
      case 'package':
        this.#packages.set(key, annotation)
        return
      case 'subpackages':
        this.#subpackages.set(key, annotation)
        return
      case 'document':
        if (rule !== undefined) this.#documents.set(JSON.stringify(rulePath(rule, module)), annotation)
        return
      default:
        if (rule !== undefined) this.#rules.set(rule, annotation)
    }
  }
}

/** The path of a rule below `data`, as far as it is known. */
function rulePath({ ref }: Rule, module: Module): readonly string[] {
  const names: string[] = [...module.package.path]
  for (const term of ref) {
    if (term.type !== 'scalar') break
    names.push(typeof term.value === 'string' ? term.value : valueText(term.value))
  }
  return names
}

function entry(path: readonly string[], annotation: Annotation | undefined, location: Location): Term {
  return constant(annotation === undefined ? { path } : { path, annotations: annotation.data }, location)
}

/** Plain data as a term. */
function constant(value: unknown, location: Location): Term {
  if (Array.isArray(value)) return { type: 'array', items: value.map((item) => constant(item, location)), location }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null && !isPlain(value)) {
    return { type: 'scalar', value: value as never, location }
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([key]) => key !== 'schemas')
      .map(([key, part]) => [{ type: 'scalar', value: key, location } as const, constant(part, location)] as const)
    return { type: 'object', entries, location }
  }
  return { type: 'scalar', value: value as string | number | boolean | null, location }
}

/** True for objects of data; numbers of the YAML reader are none. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
}
