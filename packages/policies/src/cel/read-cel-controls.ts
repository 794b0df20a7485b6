/** Controls in CEL: admission policies of Kubernetes, and controls with expressions of their own. */
import type { Catalogue, Check, ControlDeclaration } from '@kubescape/controls'
import { asList, asMap, asText, type ValueMap } from '@kubescape/resources'

import { NO_HEADER, type ReadControl } from '../custom/rego-control.ts'
import type { PolicyDocument } from '../documents.ts'
import { Fields } from '../fields.ts'
import { lazyControl } from '../lazy-control.ts'
import { readHeader, type PolicyHeader } from '../metadata.ts'
import { Problems, type Place } from '../problems.ts'
import { unusableCheck } from '../rule/unusable.ts'
import { admissionCheck, type CheckOptions } from './admission/admission-check.ts'
import { typesIn } from './admission/constraints.ts'
import { aimOf, needsNamespaces, parameterObject, readBinding, type PolicyBinding } from './admission/parameters.ts'
import { readAdmissionPolicy, type AdmissionPolicy } from './admission/read-policy.ts'
import { inputsIn } from './admission/settings.ts'
import { celCheck, isCelControl, readCelExpressions } from './cel-check.ts'

/** What controls in CEL are made with. */
export interface CelWorkshop extends CheckOptions {
  /** Policies that are labelled with the id of one of these controls take its place, and its texts. */
  readonly beside: Catalogue
  readonly problems: Problems
}

const GROUP = 'admissionregistration.k8s.io/'
/** Labels with the id of the control that a policy is for. */
const ID_LABELS = ['controlId', 'kubescape.io/control']
/** Annotations begin with it that say what a header says. */
const ANNOTATION = 'kubescape.io/'

/** Reads the controls among documents. Other objects may be parameters of policies; what else there is is left alone. */
export function readCelControls(documents: readonly PolicyDocument[], workshop: CelWorkshop): readonly ReadControl[] {
  const objects = documents.flatMap(expanded)
  const ofKind = (kind: string): readonly PolicyDocument[] =>
    objects.filter(({ value }) => {
      const map = asMap(value)
      return map?.['kind'] === kind && (asText(map['apiVersion']) ?? '').startsWith(GROUP)
    })
  const written = ofKind('ValidatingAdmissionPolicy').map(
    (document) => [document, readAdmissionPolicy(document, workshop.problems)] as const,
  )
  const policies = written.flatMap(([, policy]) => policy ?? [])
  const bindings = ofKind('ValidatingAdmissionPolicyBinding').map(({ value }) => readBinding(asMap(value) ?? {}))
  const parameters = objects.flatMap(({ value }) => parameterObject(asMap(value) ?? {}))
  const makeCheck = (policy: AdmissionPolicy): Check => {
    const bound = bindings.filter((binding) => binding.policy === policy.name)
    return checkOf(policy, bound, aimOf(policy, bound, parameters), workshop)
  }
  const byId = Map.groupBy(policies, idOf)
  return [
    ...[...byId].flatMap(([id, group]) => controlOf(id, group, makeCheck, workshop)),
    ...written.flatMap(([document, policy]) => (policy === undefined ? unusablePolicy(document) : [])),
    ...objects.filter(({ value }) => isCelControl(value)).flatMap((document) => readControl(document, workshop)),
  ]
}

/** The document, or the items of a list. */
function expanded(document: PolicyDocument): readonly PolicyDocument[] {
  const map = asMap(document.value)
  if (map === undefined || map['kind'] !== 'List') return [document]
  return asList(map['items']).map((value, index) => ({
    ...document,
    value,
    placeOf: (path) => document.placeOf(`items[${index}]${path === '' ? '' : `.${path}`}`),
  }))
}

/** The control of a policy of which it cannot be told what it demands. */
function unusablePolicy({ value, file }: PolicyDocument): readonly ReadControl[] {
  const metadata = asMap(asMap(value)?.['metadata']) ?? {}
  const name = asText(metadata['name']) ?? ''
  const { id } = readHeader(new Fields({ id: idOf({ metadata, name }) }, new Problems(), () => ({ file })))
  return [unusable({ ...NO_HEADER, id, name }, file)]
}

function unusable(header: PolicyHeader, file: string): ReadControl {
  const id = header.id === '' ? idOfFile(file) : header.id
  const declaration = { ...described({ ...header, id }), isForeign: true as const }
  return { control: lazyControl(declaration, () => [unusableCheck(id, file)]), header, file }
}

function idOfFile(file: string): string {
  return `custom-${file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}`
}

function idOf({ metadata, name }: Pick<AdmissionPolicy, 'metadata' | 'name'>): string {
  const labels = asMap(metadata['labels'])
  const written = ID_LABELS.map((label) => asText(labels?.[label])?.trim() ?? '').find((id) => id !== '')
  return written ?? name
}

function controlOf(
  id: string,
  policies: readonly AdmissionPolicy[],
  makeCheck: (policy: AdmissionPolicy) => Check,
  { beside, problems }: CelWorkshop,
): readonly ReadControl[] {
  const [first] = policies
  if (first === undefined) return []
  const { document, metadata } = first
  const known = beside.controls.find((control) => control.id.toLowerCase() === id.toLowerCase())
  const said = annotationsOf(metadata)
  const messages = policies.flatMap(({ expressions }) =>
    expressions.validations.map(({ message = '' }) => message.trim()),
  )
  const description = [...new Set(messages)].filter(Boolean).join(' ')
  const header = readHeader(new Fields({ description, ...said, id }, problems, document.placeOf))
  if (header.isUnusable === true) return [unusable(header, document.file)]
  const declaration =
    known === undefined
      ? { ...described(header), isForeign: true as const }
      : { ...described(header), ...textsOf(known), id: known.id }
  const control = lazyControl(declaration, () => policies.map(makeCheck))
  return [{ control, header: { ...header, inputs: [], replaces: known !== undefined }, file: document.file }]
}

/** Annotations as fields of a header: `kubescape.io/severity`. */
function annotationsOf(metadata: ValueMap): ValueMap {
  const names = ['name', 'severity', 'category', 'description', 'remediation']
  const annotations = asMap(metadata['annotations'])
  const fields = names.flatMap((name): [string, string][] => {
    const text = asText(annotations?.[`${ANNOTATION}${name}`])
    return text === undefined ? [] : [[name, text]]
  })
  return Object.fromEntries(fields)
}

function described(header: PolicyHeader): Omit<ControlDeclaration, 'checks' | 'isForeign'> {
  const { id, name, baseScore, category, scope, why, repair, actionRequired } = header
  return {
    id,
    name: name === '' ? id : name,
    baseScore,
    ...(category === undefined ? {} : { category }),
    scope,
    ...(actionRequired === undefined ? {} : { actionRequired }),
    why: why === '' ? 'What a policy demands is not so.' : why,
    repair: repair === '' ? 'Change what the policy names.' : repair,
  }
}

/** What there is to read of a control that a policy stands for. */
function textsOf({
  name,
  baseScore,
  category,
  scope,
  why,
  repair,
  references,
}: ControlDeclaration): Partial<ControlDeclaration> {
  return {
    name,
    baseScore,
    ...(category === undefined ? {} : { category }),
    scope,
    why,
    repair,
    ...(references === undefined ? {} : { references }),
  }
}

function checkOf(
  policy: AdmissionPolicy,
  bindings: readonly PolicyBinding[],
  aim: ReturnType<typeof aimOf>,
  options: CheckOptions,
): Check {
  const { name, expressions, constraints, document } = policy
  const texts = [...expressions.conditions, ...expressions.variables, ...expressions.validations]
  const looksAtNamespace = texts.some(({ expression }) => /\bnamespaceObject\b/.test(expression))
  return admissionCheck(
    {
      name,
      expressions,
      match: typesIn(constraints),
      inputs: expressions.hasParams ? inputsIn(expressions) : [],
      aim,
      needsNamespace: looksAtNamespace || needsNamespaces(policy, bindings),
      placeOf: placeWithin(document),
    },
    options,
  )
}

/** Where an expression stands, counted down to the line that an offset is in. */
function placeWithin({ value, placeOf }: PolicyDocument): (path: string, offset: number) => Place {
  return (path, offset) => {
    const place = placeOf(path)
    const text = textAt(value, path).slice(0, offset)
    const lines = text.split('\n').length - 1
    return lines === 0 || place.line === undefined ? place : { file: place.file, line: place.line + lines }
  }
}

function textAt(value: PolicyDocument['value'], path: string): string {
  let at: PolicyDocument['value'] | undefined = value
  for (const step of path.match(/\w+/g) ?? []) {
    at = Array.isArray(at) ? at[Number(step)] : asMap(at)?.[step]
  }
  return typeof at === 'string' ? at : ''
}

function readControl(document: PolicyDocument, { problems, ...options }: CelWorkshop): readonly ReadControl[] {
  const { value, file, placeOf } = document
  const { kind: _, ...map } = asMap(value) ?? {}
  const header = readHeader(new Fields(map, problems, placeOf))
  const expressions = readCelExpressions(document, problems)
  if (header.isUnusable === true || expressions === undefined) return [unusable(header, file)]
  const id = header.id === '' ? idOfFile(file) : header.id
  const check = (): Check =>
    celCheck(
      { name: id, expressions, match: header.match, inputs: header.inputs, placeOf: placeWithin(document) },
      options,
    )
  return [{ control: lazyControl({ ...described({ ...header, id }), isForeign: true }, () => [check()]), header, file }]
}
