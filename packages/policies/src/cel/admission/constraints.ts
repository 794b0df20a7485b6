/** Which objects a policy or binding is about: `matchConstraints` and `matchResources`. */
import {
  asList,
  asMap,
  asText,
  asTextMap,
  asTexts,
  isClusterScoped,
  matches,
  readSelector,
  selects,
  selectsAll,
  type Identity,
  type LabelSelector,
  type Match,
  type Value,
  type ValueMap,
} from '@kubescape/resources'

import { typesOf } from '../../policy-match.ts'

interface Rule {
  readonly match: Match
  readonly scope: string
  /** Empty for any name. */
  readonly names: readonly string[]
}

/** Selects objects. */
export interface Constraints {
  readonly rules: readonly Rule[]
  readonly excluded: readonly Rule[]
  readonly objects: LabelSelector
  readonly namespaces: LabelSelector
}

/** The label that every namespace has. */
const NAME_LABEL = 'kubernetes.io/metadata.name'

/** Reads `resourceRules` and selectors. `undefined` gives those that select all. */
export function readConstraints(value: Value | undefined): Constraints {
  const map = asMap(value)
  return {
    rules: asList(map?.['resourceRules']).flatMap(readRule),
    excluded: asList(map?.['excludeResourceRules']).flatMap(readRule),
    objects: readSelector(map?.['objectSelector']),
    namespaces: readSelector(map?.['namespaceSelector']),
  }
}

/** A rule for creating objects; undefined for rules about other operations or subresources alone. */
function readRule(value: Value): readonly Rule[] {
  const map = asMap(value)
  const operations = asTexts(map?.['operations'])
  if (!operations.includes('CREATE') && !operations.includes('*')) return []
  const names = asTexts(map?.['resources']).flatMap((name) =>
    name === '*' || name === '*/*' ? ['*'] : name.includes('/') ? [] : kindNames(name),
  )
  if (names.length === 0) return []
  const match = typesOf(asTexts(map?.['apiGroups']), asTexts(map?.['apiVersions']), names)
  return [{ match, scope: asText(map?.['scope']) ?? '*', names: asTexts(map?.['resourceNames']) }]
}

/** What a resource may be the plural of; for those that are served the table knows the kind. */
function kindNames(plural: string): readonly string[] {
  const singulars = [plural.replace(/ies$/, 'y'), plural.replace(/es$/, ''), plural.replace(/s$/, '')]
  return [...new Set([plural, ...singulars])]
}

/** The types that rules select. */
export function typesIn({ rules }: Constraints): readonly Match[] {
  return rules.map(({ match }) => match)
}

/** Whether the namespace of an object decides. */
export function looksAtNamespaces({ namespaces }: Constraints): boolean {
  return !selectsAll(namespaces)
}

/** True when the constraints select the object; undefined when that hangs on labels of a namespace that nobody has. */
export function areMet(
  constraints: Constraints,
  identity: Identity,
  object: ValueMap,
  namespace: ValueMap | undefined,
): boolean | undefined {
  const { rules, excluded, objects } = constraints
  if (!rules.some((rule) => applies(rule, identity)) || excluded.some((rule) => applies(rule, identity))) return false
  if (!selects(objects, asTextMap(asMap(object['metadata'])?.['labels']))) return false
  return isNamespaceSelected(constraints, identity, object, namespace)
}

function isNamespaceSelected(
  { namespaces }: Constraints,
  identity: Identity,
  object: ValueMap,
  namespace: ValueMap | undefined,
): boolean | undefined {
  if (selectsAll(namespaces)) return true
  // A namespace is selected by its own labels; what lives outside of namespaces always is.
  const own = identity.kind === 'Namespace' && identity.group === '' ? object : namespace
  if (own === undefined && isClusterScoped(identity.kind)) return true
  const name = identity.kind === 'Namespace' ? identity.name : identity.namespace
  const labels = { ...asTextMap(asMap(own?.['metadata'])?.['labels']), [NAME_LABEL]: name }
  if (own !== undefined) return selects(namespaces, labels)
  const isByName =
    Object.keys(namespaces.pairs).every((key) => key === NAME_LABEL) &&
    namespaces.requirements.every(({ key }) => key === NAME_LABEL)
  return isByName && name !== '' ? selects(namespaces, labels) : undefined
}

function applies({ match, scope, names }: Rule, identity: Identity): boolean {
  if (!matches([match], identity) || (names.length > 0 && !names.includes(identity.name))) return false
  return scope === '*' || (scope === 'Cluster') === isClusterScoped(identity.kind)
}
