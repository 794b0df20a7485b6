/** Exceptions in every form that they are written in: recognised by what they look like, read, and placed in the text. */
import { BUILT_IN, type Catalogue } from '@kubescape/controls'
import {
  asList,
  asMap,
  asText,
  field,
  identityOf,
  type Identity,
  type Value,
  type ValueMap,
} from '@kubescape/resources'
import { openDocument, splitDocuments, type OpenDocument } from '@kubescape/yaml'

import { EXCEPTION_TYPES } from '../in-clusters.ts'
import type { ExceptionRule } from '../rule.ts'
import { Fields } from './fields.ts'
import { Notes, shown, UNKNOWN_CONTROL, type ExceptionProblem } from './notes.ts'
import { POSTURE_POLICY, readPosturePolicy } from './posture-policy.ts'
import { readSecurityException } from './security-exception.ts'
import { readSimple } from './simple-form.ts'

/** Exceptions, and what is wrong with what was written. What has an error is not among the rules. */
export interface ReadExceptions {
  readonly rules: readonly ExceptionRule[]
  readonly problems: readonly ExceptionProblem[]
}

/** Lists in lists, and files in ConfigMaps. */
const DEEPEST = 4
/** Members of a ConfigMap that hold exceptions. */
const CONFIG_KEY = /^exceptions\.(?:json|ya?ml)$/
const FORMS =
  'Write {"exceptions": [...]}, postureExceptionPolicy objects or SecurityException objects; docs/exceptions.md.'

/**
 * The exceptions of a file, YAML or JSON. `source` is its name, which stands in problems and, with the line, in exceptions; `known` are the
 * controls that they may name.
 */
export function readExceptions(text: string, source: string, known: Catalogue = BUILT_IN): ReadExceptions {
  const rules: ExceptionRule[] = []
  const problems: ExceptionProblem[] = []
  for (const slice of splitDocuments(text)) {
    const document = openDocument(text, slice)
    for (const problem of document.problems) {
      const severity = document.value === undefined ? 'error' : 'warning'
      problems.push({ ...problem, severity, file: source })
    }
    if (document.value === undefined) continue
    const reading = new Reading(known)
    reading.read(document.value, '', 0)
    place(reading, document, source, rules, problems)
  }
  noteTwins(rules, problems, source)
  return { rules, problems }
}

/** The exceptions of objects of a cluster: SecurityExceptions, and ConfigMaps that hold files. */
export function readExceptionObjects(objects: readonly ValueMap[], known: Catalogue = BUILT_IN): ReadExceptions {
  const rules: ExceptionRule[] = []
  const problems: ExceptionProblem[] = []
  for (const object of objects) {
    const reading = new Reading(known)
    reading.read(object, '', 0)
    const source = nameOf(identityOf(object))
    for (const { rule } of reading.found) rules.push({ ...rule, exception: { ...rule.exception, source } })
    for (const { problem, path } of reading.notes.list) {
      problems.push({ ...problem, message: `${source}${path === '' ? '' : `: ${path}`}: ${problem.message}` })
    }
  }
  return { rules, problems }
}

interface Found {
  readonly rule: ExceptionRule
  readonly path: string
}

/** Reads one document. */
class Reading {
  readonly notes: Notes
  readonly found: Found[] = []

  constructor(known: Catalogue) {
    this.notes = new Notes(known)
  }

  read(value: Value, path: string, depth: number): void {
    if (value === null) return
    this.notes.subject = ''
    if (depth > DEEPEST) {
      this.notes.error(path, 'is nested too deeply')
    } else if (Array.isArray(value)) {
      value.forEach((entry, at) => this.read(entry, `${path}[${at}]`, depth + 1))
    } else if (asMap(value) === undefined) {
      this.notes.error(path, 'is no exception', FORMS)
    } else {
      this.#readMap(new Fields(value as ValueMap, path, this.notes), value as ValueMap, depth)
    }
  }

  #readMap(fields: Fields, map: ValueMap, depth: number): void {
    const { path } = fields
    const identity = identityOf(map)
    if (identity !== undefined) {
      this.#readObject(identity, fields, map, depth)
    } else if (fields.has('exceptions')) {
      fields.only('exceptions')
      for (const each of fields.list('exceptions')) this.#readOne(each)
    } else if (fields.names.length > 0) {
      this.#readOne(fields)
    } else {
      this.notes.error(path, 'is empty', FORMS)
    }
  }

  /** An exception by itself, of either form. */
  #readOne(fields: Fields): void {
    const { notes, path } = fields
    const name = asText(fields.raw('name')) ?? ''
    notes.subject = name === '' ? 'an exception without a name' : `exception ${shown(name)}`
    const type = asText(fields.raw('policyType')) ?? ''
    const before = notes.errors
    if (type !== '' && type !== POSTURE_POLICY) {
      notes.warn(path, `is of the type ${shown(type)}, which says nothing about controls`)
      return
    }
    const isPosture =
      type !== '' || ['posturePolicies', 'actions'].some((member) => fields.has(member)) || isDesignated(fields)
    const isSimple = fields.has('controls') || fields.has('resources') || fields.has('name')
    if (!isPosture && !isSimple) {
      notes.error(path, 'is no exception', FORMS)
      return
    }
    if (name === '') notes.error(path, 'has no name', 'Reports name the exceptions that they rest on: add a name.')
    this.#keep(isPosture ? readPosturePolicy(fields) : readSimple(fields), path, before)
  }

  #readObject(identity: Identity, fields: Fields, object: ValueMap, depth: number): void {
    const { notes } = this
    const { path } = fields
    notes.subject = nameOf(identity)
    const before = notes.errors
    if (identity.kind.endsWith('List') && Array.isArray(object['items'])) {
      object['items'].forEach((item, at) => this.read(item, `${fields.at('items')}[${at}]`, depth + 1))
    } else if (identity.kind === 'ConfigMap' && identity.group === '') {
      this.#readConfigMap(fields, object, depth)
    } else if (EXCEPTION_TYPES.some(({ group, kind }) => identity.group === group && identity.kind === kind)) {
      this.#keep(readSecurityException(object, path, notes), path, before)
    } else if (identity.kind === 'VulnerabilitiesIgnorePolicy') {
      notes.warn(path, 'is about images, and says nothing about controls')
    } else {
      notes.error(path, 'is no exception', FORMS)
    }
  }

  /** Files in a ConfigMap; lines are those of the file in it. */
  #readConfigMap(fields: Fields, object: ValueMap, depth: number): void {
    const { notes } = this
    const data = fields.fields('data')
    const keys = (data?.names ?? []).filter((key) => CONFIG_KEY.test(key))
    if (keys.length === 0) {
      notes.error(fields.path, 'holds no exceptions', 'Its data need a member exceptions.json or exceptions.yaml.')
    }
    for (const key of keys) {
      const path = data?.at(key) ?? ''
      const text = asText(field(object, 'data', key)) ?? ''
      for (const slice of splitDocuments(text)) {
        const inner = openDocument(text, slice)
        notes.subject = key
        for (const { message, hint, line = 1, column = 1 } of inner.problems) {
          const what = `line ${line}, column ${column}: ${message}`
          if (inner.value === undefined) notes.error(path, what, hint)
          else notes.warn(path, what, hint)
        }
        if (inner.value === undefined) continue
        const reading = new Reading(this.notes.known)
        reading.read(inner.value, '', depth + 1)
        const places = inner.locate(reading.notes.list.map((note) => note.path))
        for (const [at, { problem }] of reading.notes.list.entries()) {
          const message = `${key}, line ${places[at]?.line ?? 1}: ${problem.message}`
          notes.list.push({ path, problem: { ...problem, message } })
        }
        this.found.push(...reading.found.map(({ rule }) => ({ rule, path })))
      }
    }
  }

  /** Keeps a rule that nothing is wrong with. */
  #keep(rule: ExceptionRule | undefined, path: string, errorsBefore: number): void {
    if (rule === undefined || this.notes.errors > errorsBefore) return
    this.found.push({ rule, path })
    for (const control of rule.unknownControls) {
      const hint = '`kubescape list controls` shows them.'
      this.notes.warn(path, `no control answers to ${shown(control)}`, hint, UNKNOWN_CONTROL)
    }
  }
}

/** Resources of the published form are designators. */
function isDesignated(fields: Fields): boolean {
  const [first] = asList(fields.raw('resources'))
  return field(first, 'designatorType') !== undefined || field(first, 'attributes') !== undefined
}

function place(
  { found, notes }: Reading,
  document: OpenDocument,
  source: string,
  rules: ExceptionRule[],
  problems: ExceptionProblem[],
): void {
  const places = document.locate([...found, ...notes.list].map(({ path }) => path))
  for (const [at, { rule }] of found.entries()) {
    const line = places[at]?.line ?? 1
    rules.push({ ...rule, exception: { ...rule.exception, source: `${source}:${line}` } })
  }
  for (const [at, { problem }] of notes.list.entries()) {
    const { line = 1, column = 1 } = places[found.length + at] ?? {}
    problems.push({ ...problem, file: source, line, column })
  }
}

/** Reports name exceptions: two of a name cannot be told apart there. */
function noteTwins(rules: readonly ExceptionRule[], problems: ExceptionProblem[], source: string): void {
  for (const [name, [, twin]] of Map.groupBy(rules, ({ exception }) => exception.name)) {
    if (twin === undefined) continue
    const line = Number(twin.exception.source.slice(source.length + 1))
    const message = `exception ${shown(name)}: another one has the same name`
    problems.push({ severity: 'warning', code: 'exceptions/doubtful', message, file: source, line, column: 1 })
  }
}

function nameOf(identity: Identity | undefined): string {
  if (identity === undefined) return ''
  const { kind, namespace, name } = identity
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}
