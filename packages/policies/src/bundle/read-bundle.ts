/** Published policies as they are: frameworks, controls and rules in JSON, with what belongs to them. */
import { isInputName, type ControlDeclaration, type Framework, type OwnInput } from '@kubescape/controls'
import { asTexts, type ValueMap } from '@kubescape/resources'

import { readDocuments, type PolicyDocument } from '../documents.ts'
import { Fields } from '../fields.ts'
import { checkInputs } from '../metadata.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { NO_POLICIES, type PolicyFile, type PolicySet, type PolicySource } from '../policy-set.ts'
import { Problems, shown, suggestion } from '../problems.ts'
import { sourceOf } from '../sources.ts'
import { declareControl, type BundleControl, type RulesOf } from './published-control.ts'
import { readFramework, type BundleFramework } from './published-framework.ts'
import { isForVersion, readRule, RuleChecks, type BundleRule } from './published-rule.ts'
import { artifactsIn, type Artifact } from './recognise.ts'

/** The version of the published tool whose rules are understood: bounds of rules are held against it. */
export const COMPATIBLE_VERSION = '4.0.0'

/** How a bundle is read. */
export interface BundleOptions extends PolicyOptions {
  /** By default `COMPATIBLE_VERSION`. */
  readonly toolVersion?: string
}

/**
 * Reads published files. Every one is recognised by what it holds, whatever it is called; what nobody knows is a problem. Exceptions are
 * handed on, attack tracks are those of the program. Never throws.
 */
export function readBundle(files: readonly PolicyFile[], options: BundleOptions = {}): PolicySet {
  const reading = new BundleReading()
  for (const file of files) reading.read(file)
  return reading.finish(options)
}

class BundleReading {
  readonly #problems = new Problems()
  readonly #sources: PolicySource[] = []
  readonly #rules = new Map<string, BundleRule>()
  readonly #controls = new Map<string, BundleControl>()
  readonly #frameworks = new Map<string, BundleFramework>()
  readonly #inputs = new Map<string, readonly string[]>()
  readonly #exceptions: PolicyFile[] = []

  read(file: PolicyFile): void {
    const documents = readDocuments(file, this.#problems)
    const kinds = new Set<Artifact['kind']>()
    let version: string | undefined
    for (const document of documents) {
      for (const artifact of artifactsIn(document.value)) {
        if (artifact === undefined) continue
        kinds.add(artifact.kind)
        version ??= this.#take(artifact, file, document)
      }
    }
    const [kind] = kinds
    if (kind === undefined) {
      if (documents.length === 0 || documents.some(({ value }) => !Array.isArray(value) || value.length > 0)) {
        const hint = 'Frameworks, controls, rules, control inputs, exceptions and attack tracks are.'
        this.#problems.note('unknown-file', 'the file holds nothing that is published', hint, { file: file.path })
      }
      return
    }
    this.#sources.push(sourceOf(file, kinds.size > 1 ? 'bundle' : kind, version))
    if (kinds.has('exceptions')) this.#exceptions.push(file)
  }

  finish(options: BundleOptions): PolicySet {
    const { toolVersion = COMPATIBLE_VERSION } = options
    const checks = new RuleChecks(options)
    const controls: ControlDeclaration[] = []
    const used: BundleRule[] = []
    for (const control of this.#controls.values()) {
      const rules = this.#rulesOf(control)
      const current = rules.rules.filter((rule) => isForVersion(rule, toolVersion))
      // All that it had are for other versions of the tool.
      if (rules.rules.length > 0 && current.length === 0 && rules.missing.length === 0) continue
      used.push(...current)
      controls.push(declareControl(control, { ...rules, rules: current }, checks))
    }
    return {
      ...NO_POLICIES,
      controls: controls.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      frameworks: this.#finishFrameworks(controls),
      problems: this.#problems.list,
      sources: this.#sources,
      ownInputs: ownInputsOf(used, this.#inputs),
      inputs: this.#inputsFor(used),
      exceptions: this.#exceptions,
    }
  }

  /** Takes a thing, and gives its version where it has one. */
  #take(artifact: Artifact, { path }: PolicyFile, document: PolicyDocument): string | undefined {
    switch (artifact.kind) {
      case 'rule':
        this.#takeRule(this.#fields(artifact.map, document), path)
        break
      case 'control':
        this.#takeControl(this.#fields(artifact.map, document), path)
        break
      case 'framework':
        return this.#takeFramework(this.#fields(artifact.map, document), path)
      case 'inputs':
        for (const [name, values] of Object.entries(artifact.values)) this.#inputs.set(name, asTexts(values))
        break
      default:
        break
    }
    return undefined
  }

  /** Where the fields of things in lists stand is not looked up: published files are long. */
  #fields(map: ValueMap, { placeOf }: PolicyDocument): Fields {
    return new Fields(map, this.#problems, () => placeOf(''))
  }

  #takeRule(fields: Fields, file: string): BundleRule {
    const rule = readRule(fields, file)
    if (rule.name === '') fields.wrong(['name'], 'is missing: a rule without a name belongs to no control')
    else if (!this.#rules.has(rule.name)) this.#rules.set(rule.name, rule)
    return rule
  }

  #takeControl(fields: Fields, file: string): BundleControl {
    const rules = fields.maps('rules').map((each) => readRule(each, file))
    const control: BundleControl = {
      id: fields.text('controlID', 'id'),
      file,
      fields,
      rules: rules.filter(({ text }) => text !== ''),
      ruleNames:
        rules.length > 0
          ? rules.filter(({ text }) => text === '').map(({ name }) => name)
          : fields.texts('rulesNames', 'rulesIDs'),
    }
    if (control.id === '') fields.wrong(['controlID'], 'is missing')
    // A control without its rules says less than one with them.
    else if (
      !this.#controls.has(control.id) ||
      (this.#controls.get(control.id)?.rules.length === 0 && rules.length > 0)
    ) {
      this.#controls.set(control.id, control)
    }
    return control
  }

  #takeFramework(fields: Fields, file: string): string | undefined {
    const embedded = fields.maps('controls').map((each) => {
      const control = this.#takeControl(each, file)
      return { id: control.id, name: each.text('name') }
    })
    const read = readFramework(fields, file, embedded)
    const { name, version } = read.framework
    if (name === '') fields.wrong(['name'], 'is missing')
    else if (this.#frameworks.has(name.toLowerCase())) {
      const hint = 'Give each framework once.'
      this.#problems.note('duplicate-framework', `there is a framework ${shown(name)} already`, hint, { file })
    } else this.#frameworks.set(name.toLowerCase(), read)
    return version
  }

  #rulesOf({ rules, ruleNames }: BundleControl): RulesOf {
    const found = ruleNames.map((name) => this.#rules.get(name))
    return {
      rules: [...rules, ...found.filter((rule) => rule !== undefined)],
      missing: ruleNames.filter((name) => !this.#rules.has(name)),
    }
  }

  #finishFrameworks(controls: readonly ControlDeclaration[]): Framework[] {
    const ids = new Set(controls.map(({ id }) => id))
    return [...this.#frameworks.values()].flatMap(({ framework, file }) => {
      for (const id of framework.controls) {
        if (ids.has(id) || this.#controls.has(id)) continue
        const hint = suggestion(id, ids, 'Give the file of the control too.')
        const message = `the framework ${shown(framework.name)} lists ${shown(id)}, which is in none of the files`
        this.#problems.note('unknown-control', message, hint, { file })
      }
      const known = framework.controls.filter((id) => ids.has(id))
      return known.length === 0 ? [] : [{ ...framework, controls: known }]
    })
  }

  /** Values for inputs that the program or a rule knows; published files have some for neither. */
  #inputsFor(rules: readonly BundleRule[]): Record<string, readonly string[]> {
    const own = new Set(rules.flatMap(({ inputs }) => inputs.map(({ name }) => name)))
    return Object.fromEntries([...this.#inputs].filter(([name]) => isInputName(name) || own.has(name)))
  }
}

function ownInputsOf(rules: readonly BundleRule[], values: ReadonlyMap<string, readonly string[]>): OwnInput[] {
  const own = rules.flatMap(({ inputs }) => checkInputs(inputs).ownInputs ?? [])
  return [...new Map(own.map((input) => [input.name, { ...input, defaults: values.get(input.name) ?? [] }])).values()]
}
