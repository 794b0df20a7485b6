/** The exceptions of a scan: which resources they cover is noted while these stream by, what they accept is asked afterwards. */
import {
  BUILT_IN,
  type Catalogue,
  type Check,
  type ControlDeclaration,
  type Finding,
  type Framework,
} from '@kubescape/controls'
import {
  asTextMap,
  field,
  identityPath,
  selects,
  workloadOf,
  type Identity,
  type LabelSelector,
  type Labels,
  type Ref,
  type Resource,
} from '@kubescape/resources'
import type { Exception, ScanProblem, Subject } from '@kubescape/results'
import { parsePath } from '@kubescape/yaml'

import { inlineExceptions } from './inline.ts'
import type { ExceptionRule, PolicyScope, ResourceScope } from './rule.ts'

/** What an exception book is opened with. */
export interface ExceptionSettings {
  readonly rules: readonly ExceptionRule[]
  /** Names of the cluster that is scanned; none for files. */
  readonly clusterNames: readonly string[]
  /** The time, as RFC 3339: what ended before covers nothing. */
  readonly now: string
  /** What stands in the resources themselves counts too. */
  readonly honorsInline?: boolean
  /** The controls and frameworks that there are; by default those that come with the program. */
  readonly known?: Catalogue
}

/** A rule that covers a resource. */
interface Cover {
  readonly rule: ExceptionRule
  /** Only findings on or below one of these. */
  readonly paths?: readonly string[]
  /** Only if the namespace has these labels, which may come after the resource. */
  readonly namespaceSelector?: LabelSelector
}

/** What is accepted of a failure. */
export interface Accepted {
  /** Nothing is left of the failure. */
  readonly isWhole: boolean
  readonly remaining: readonly Finding[]
  readonly excepted: readonly Finding[]
  readonly exceptions: readonly Exception[]
}

/** What is accepted of one control, as some frameworks see it. */
export interface Acceptance {
  /** What is accepted of a failed check; undefined for nothing. */
  of(ref: Ref, check: Check, findings: readonly Finding[]): Accepted | undefined
}

/** Exceptions, and the resources that they cover. */
export class ExceptionBook {
  /** All of them; those that stand in resources are added as these stream by. */
  readonly rules: ExceptionRule[]
  /** What is wrong with exceptions that stand in resources. */
  readonly problems: ScanProblem[] = []
  readonly #active: Set<ExceptionRule>
  /** Active ones that do not stand in a resource. */
  readonly #named: readonly ExceptionRule[]
  readonly #time: number
  readonly #honorsInline: boolean
  /** The controls and frameworks that there are. */
  readonly known: Catalogue
  readonly #clusterNames: readonly string[]
  readonly #covers = new Map<Ref, readonly Cover[]>()
  readonly #namespaces = new Map<string, Labels>()

  constructor({ rules, clusterNames, now, honorsInline = false, known = BUILT_IN }: ExceptionSettings) {
    this.rules = [...rules]
    this.#clusterNames = clusterNames
    this.#time = Date.parse(now)
    this.#honorsInline = honorsInline
    this.known = known
    this.#named = rules.filter((rule) => this.#lasts(rule))
    this.#active = new Set(this.#named)
  }

  /** True when the labels of namespaces have to be known. */
  get looksAtNamespaces(): boolean {
    return this.#named.some(({ resources }) => resources.some((scope) => scope.namespaceSelector !== undefined))
  }

  isExpired(rule: ExceptionRule): boolean {
    return !this.#active.has(rule)
  }

  /** Notes what the covering of other resources depends on. */
  see({ identity, object }: Resource): void {
    if (identity.kind !== 'Namespace' || identity.group !== '') return
    const labels = asTextMap(field(object, 'metadata', 'labels'))
    this.#namespaces.set(identity.name, { 'kubernetes.io/metadata.name': identity.name, ...labels })
  }

  /** Notes which rules cover a resource of the report. */
  take(ref: Ref, resource: Resource, id: string): void {
    const covers = this.#honorsInline ? this.#inline(resource, id) : []
    for (const rule of this.#named) covers.push(...this.#coversBy(rule, resource, id))
    if (covers.length > 0) this.#covers.set(ref, covers)
  }

  /** What is accepted of the control; undefined when no exception names it. */
  forControl(
    control: ControlDeclaration,
    frameworks: readonly Framework[],
    subjects: readonly Subject[],
  ): Acceptance | undefined {
    const naming = new Map<ExceptionRule, readonly PolicyScope[]>()
    for (const rule of this.#active) {
      const policies = rule.policies.filter((policy) => names(policy, control))
      if (policies.length > 0) naming.set(rule, policies)
    }
    if (naming.size === 0) return undefined
    return {
      of: (ref, check, findings) => {
        const covers = this.#coversOf(ref, subjects).filter(({ rule }) =>
          naming.get(rule)?.some((policy) => policy.rule?.(check.name) ?? true),
        )
        if (covers.length === 0) return undefined
        const within = (framework?: Framework): Cover[] =>
          covers.filter(({ rule }) => naming.get(rule)?.some((policy) => appliesIn(policy, check, framework)))
        return accept(findings, frameworks.length === 0 ? [within()] : frameworks.map(within))
      },
    }
  }

  /** True when frameworks may differ in what is accepted of the control. */
  isLimited(control: ControlDeclaration): boolean {
    return this.#named.some(({ policies }) =>
      policies.some((policy) => policy.framework !== undefined && names(policy, control)),
    )
  }

  /** The exceptions that accept a control which people check by hand. */
  acceptManual(control: ControlDeclaration, frameworks: readonly Framework[]): readonly Exception[] {
    const rules = this.#named.filter(
      ({ coversManual, resources }) =>
        coversManual && (resources.length === 0 || resources.some((scope) => this.#isCluster(scope))),
    )
    const accepting = rules.filter(({ policies }) =>
      policies.some(
        (policy) =>
          policy.control !== undefined &&
          names(policy, control) &&
          (policy.framework === undefined ||
            (frameworks.length > 0 && frameworks.every((framework) => isFramework(policy, framework)))),
      ),
    )
    return accepting.map(({ exception }) => exception)
  }

  #lasts({ exception: { expires } }: ExceptionRule): boolean {
    return expires === '' || Date.parse(expires) > this.#time
  }

  /** What the resource itself asks for. */
  #inline(resource: Resource, id: string): Cover[] {
    const found = inlineExceptions(resource, id, this.known)
    if (found === undefined) return []
    this.problems.push(...found.problems)
    return found.rules.flatMap(({ rule, path }): Cover[] => {
      this.rules.push(rule)
      if (!this.#lasts(rule)) return []
      this.#active.add(rule)
      return [path === '' ? { rule } : { rule, paths: [path] }]
    })
  }

  #coversBy(rule: ExceptionRule, resource: Resource, id: string): Cover[] {
    const covering = rule.resources.filter((scope) => this.#isCovered(scope, resource, id))
    return covering.map(({ container, namespaceSelector }) => {
      const containers = workloadOf(resource)?.containers ?? []
      return {
        rule,
        ...(container && { paths: containers.filter(({ name }) => container(name)).map(({ path }) => path) }),
        ...(namespaceSelector && { namespaceSelector }),
      }
    })
  }

  #isCovered(scope: ResourceScope, { identity, object, origin }: Resource, id: string): boolean {
    if (!this.#isCluster(scope) || !isIdentified(scope, identity, id)) return false
    const { file, labels, objectSelector } = scope
    if (file !== undefined && !(origin !== undefined && (file(origin.file) || file(origin.relativePath)))) return false
    if (labels === undefined && objectSelector === undefined) return true
    const own = asTextMap(field(object, 'metadata', 'labels'))
    if (objectSelector !== undefined && !selects(objectSelector, own)) return false
    const annotations = asTextMap(field(object, 'metadata', 'annotations'))
    return (labels ?? []).every(({ key, value }) =>
      [own, annotations].some((texts) => Object.hasOwn(texts, key) && value(texts[key] ?? '')),
    )
  }

  #isCluster({ cluster }: ResourceScope): boolean {
    return cluster === undefined || (this.#clusterNames.length === 0 ? cluster('') : this.#clusterNames.some(cluster))
  }

  /** The covers of a resource, or of a subject of role bindings: by what it is, or by any object that makes it one. */
  #coversOf(ref: Ref, subjects: readonly Subject[]): readonly Cover[] {
    const subject = subjects[ref]
    if (subject === undefined) return NONE
    const { identity, id, related } = subject
    if (related === undefined) return this.#inNamespace(this.#covers.get(ref) ?? NONE, identity)
    if (!this.#covers.has(ref)) this.take(ref, { identity, object: {} }, id)
    return [
      ...this.#inNamespace(this.#covers.get(ref) ?? NONE, identity),
      ...related.flatMap((each, at) => this.#coversOf(each, subjects).map((cover) => asRelated(cover, at))),
    ]
  }

  #inNamespace(covers: readonly Cover[], identity: Identity): readonly Cover[] {
    if (covers.every(({ namespaceSelector }) => namespaceSelector === undefined)) return covers
    const labels = this.#namespaces.get(namespaceOf(identity))
    return covers.filter(
      ({ namespaceSelector: selector }) =>
        selector === undefined || (labels !== undefined && selects(selector, labels)),
    )
  }
}

const NONE: readonly Cover[] = []

function isIdentified(scope: ResourceScope, identity: Identity, id: string): boolean {
  return (
    (scope.namespace?.(namespaceOf(identity)) ?? true) &&
    (scope.kind?.(identity.kind) ?? true) &&
    (scope.name?.(identity.name) ?? true) &&
    (scope.group?.(identity.group) ?? true) &&
    (scope.id === undefined || scope.id(id) || scope.id(identityPath(identity)))
  )
}

/** A namespace is in itself. */
function namespaceOf({ group, kind, namespace, name }: Identity): string {
  return group === '' && kind === 'Namespace' ? name : namespace
}

function names(policy: PolicyScope, { id, name, baseScore }: ControlDeclaration): boolean {
  return (policy.control?.(id) ?? true) && (policy.name?.(name) ?? true) && baseScore >= (policy.baseScore ?? 0)
}

function appliesIn(policy: PolicyScope, check: Check, framework: Framework | undefined): boolean {
  if (policy.rule !== undefined && !policy.rule(check.name)) return false
  return policy.framework === undefined || (framework !== undefined && isFramework(policy, framework))
}

function isFramework(policy: PolicyScope, { name, aliases }: Framework): boolean {
  return [name, ...aliases].some((each) => policy.framework?.(each))
}

/** What is left of findings in any of several views, each with its covers. */
function accept(findings: readonly Finding[], views: readonly (readonly Cover[])[]): Accepted | undefined {
  const used = new Set<Exception>()
  const remaining = new Set<Finding>()
  let isWhole = true
  for (const covers of views) {
    const whole = covers.filter(({ paths }) => paths === undefined)
    const left = whole.length > 0 ? [] : findings.filter(({ path }) => !covers.some((cover) => isWithin(cover, path)))
    if (whole.length === 0 && (findings.length === 0 || left.length > 0)) isWhole = false
    for (const finding of left) remaining.add(finding)
    for (const cover of covers) {
      if (cover.paths === undefined || findings.some(({ path }) => isWithin(cover, path)))
        used.add(cover.rule.exception)
    }
  }
  const excepted = findings.filter((finding) => !remaining.has(finding))
  if (!isWhole && excepted.length === 0) return undefined
  return { isWhole, remaining: findings.filter((finding) => remaining.has(finding)), excepted, exceptions: [...used] }
}

/** Findings of a subject are in the objects that make it. */
function asRelated(cover: Cover, at: number): Cover {
  const { paths } = cover
  return paths === undefined ? cover : { ...cover, paths: paths.map((path) => `relatedObjects[${at}].${path}`) }
}

/** Paths are compared step by step: `labels.app` and `labels[app]` are the same field. */
function isWithin({ paths = [] }: Cover, path: string): boolean {
  const steps = parsePath(path)
  return paths.some((each) => parsePath(each).every((step, at) => String(step) === String(steps[at])))
}
