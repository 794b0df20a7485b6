/** Verdicts of the built-in controls against the published cases, one rule at a time. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { LIBRARY, type Check, type Finding } from '../../packages/controls/src/index.ts'
import {
  apiVersionOf,
  asText,
  identityOf,
  type Ref,
  type Resource,
  type ValueMap,
} from '../../packages/resources/src/index.ts'
import { makeInputs, Plan } from '../../packages/scanner/src/index.ts'
import type { Subject } from '../../packages/results/src/index.ts'
import type { CaseOutcome, Suite } from '../suite.ts'

interface Response {
  readonly k8sApiObjects: readonly ValueMap[]
  readonly externalObject?: ValueMap
  readonly failedPaths: readonly string[]
  readonly reviewPaths: readonly string[]
  readonly deletePaths: readonly string[]
  readonly fixPaths: readonly { readonly path: string; readonly value: string }[]
}

interface Case {
  readonly rule: string
  readonly controls: readonly string[]
  readonly input: readonly ValueMap[]
  readonly data: {
    readonly postureControlInputs?: Record<string, readonly string[]>
    readonly dataControlInputs?: { readonly cloudProvider?: string }
  }
  readonly expected: readonly Response[]
}

/**
 * Rules that a newer rule replaced, and twins that one check stands for; the readings agree on the published cases. One case of
 * the rule for Secrets holds a ConfigMap, which in a scan only the rule for ConfigMaps sees.
 */
const REPLACED: Readonly<Record<string, string>> = {
  'container-image-repository': 'container-image-repository-v1',
  'rule-identify-blocklisted-image-registries': 'rule-identify-blocklisted-image-registries-v1',
  'pod-security-admission-applied-2': 'pod-security-admission-applied-1',
  'pod-security-admission-baseline-applied-2': 'pod-security-admission-baseline-applied-1',
  'pod-security-admission-restricted-applied-2': 'pod-security-admission-restricted-applied-1',
  'resources-secret-in-default-namespace/configmap.json': 'configmap-in-default-namespace',
}

/** API version of the objects that the reference makes up for Pods with vulnerable images; here the Pod itself fails. */
const MADE_UP_PODS = 'result.vulnscan.com/v1'

export const controls: Suite = {
  name: 'controls',
  run(folder) {
    const checks = new Map(LIBRARY.flatMap((control) => control.checks).map((check) => [check.name, check]))
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: rule }) =>
        readdirSync(join(folder, rule))
          .filter((file) => file.endsWith('.json'))
          .toSorted()
          .map((file) => runCase(`${rule}/${file}`, readCase(join(folder, rule, file)), checks)),
      )
  },
}

function readCase(file: string): Case {
  return JSON.parse(readFileSync(file, 'utf8')) as Case
}

function runCase(id: string, testCase: Case, checks: ReadonlyMap<string, Check>): CaseOutcome {
  if (testCase.rule === 'rule-manual') return manualCase(id, testCase)
  const check = checks.get(REPLACED[id] ?? REPLACED[testCase.rule] ?? testCase.rule)
  if (check === undefined) return { id, status: 'not applicable', reason: 'rules that no control declares yet' }
  const reason = differenceOf(testCase, judge(check, testCase))
  return reason === undefined ? { id, status: 'passed' } : { id, status: 'failed', reason }
}

/** The rule answers that a person has to look, whatever the input; here the controls that use it say so themselves. */
function manualCase(id: string, { controls: ids }: Case): CaseOutcome {
  const others = ids.filter((each) => {
    const control = LIBRARY.find((known) => known.id === each)
    return control?.actionRequired !== 'manual review' || control.checks.length > 0
  })
  return others.length === 0
    ? { id, status: 'passed' }
    : { id, status: 'failed', reason: `not left to a person: ${others.join(', ')}` }
}

interface Failing {
  readonly subject: Subject
  readonly findings: readonly Finding[]
}

function judge(check: Check, testCase: Case): Failing[] {
  const control = {
    id: 'C-0000',
    name: check.name,
    baseScore: 1,
    scope: [],
    why: '',
    repair: '',
    checks: [check],
  }
  const inputs = {
    ...makeInputs(testCase.data.postureControlInputs),
    ...testCase.data.dataControlInputs,
  }
  const plan = new Plan([control], inputs)
  for (const object of testCase.input) {
    const identity = identityOf(object)
    if (identity !== undefined) plan.take({ identity, object } satisfies Resource, true)
  }
  plan.join()
  if (plan.problems.length > 0) throw new Error(plan.problems.map(({ message }) => message).join('; '))
  const column = plan.columns.get(check)
  return [...(column?.failures ?? [])].map(([ref, failure]: [Ref, { findings: readonly Finding[] }]) => ({
    subject: plan.subjects.list[ref] as Subject,
    findings: failure.findings,
  }))
}

function differenceOf(testCase: Case, failing: readonly Failing[]): string | undefined {
  const expected = expectedObjects(testCase)
  const left = [...failing]
  for (const { object, external, paths, responses } of expected) {
    const matches = left.filter(({ subject }) => isSame(object, external, subject)).slice(0, responses)
    if (matches.length === 0) return `should fail: ${nameOf(object)}`
    for (const match of matches) left.splice(left.indexOf(match), 1)
    const wanted = new Set(paths)
    const got = new Set(matches.flatMap(({ findings }) => pathsOf(findings)))
    if (wanted.symmetricDifference(got).size > 0) {
      return `paths of ${nameOf(object)}: missing [${list(wanted.difference(got))}], extra [${list(got.difference(wanted))}]`
    }
  }
  return left.length === 0 ? undefined : `should pass: ${left.map(({ subject }) => subject.id).join(', ')}`
}

interface Expected {
  readonly object: ValueMap
  readonly external: boolean
  readonly paths: string[]
  /** Objects that differ only in what the case leaves out are as many as the responses that name them, at most. */
  responses: number
}

/** One entry per failing object, or for all that a case does not tell apart: the grouping into responses does not count. */
function expectedObjects({ expected: responses, input }: Case): Expected[] {
  const objects = new Map<string, Expected>()
  for (const response of responses) {
    const object = response.externalObject ?? response.k8sApiObjects[0] ?? (input.length > 0 ? UNNAMED : undefined)
    if (object === undefined) continue
    const key = JSON.stringify(object)
    const known = objects.get(key) ?? {
      object,
      external: response.externalObject !== undefined,
      paths: [],
      responses: 0,
    }
    known.responses++
    known.paths.push(
      ...response.failedPaths,
      ...response.reviewPaths,
      ...response.deletePaths,
      ...response.deletePaths.map((path) => `remove ${path}`),
      ...response.fixPaths.map(({ path, value }) => `set ${path}=${value}`),
    )
    objects.set(key, known)
  }
  return [...objects.values()]
}

function pathsOf(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ role, path, fix }) => [
    ...(role === 'missing' ? [] : [path]),
    ...(fix === undefined ? [] : [fix.action === 'remove' ? `remove ${fix.path}` : `set ${fix.path}=${fix.value}`]),
  ])
}

/** Stands for the object of a response that names none: any object that fails will do. */
const UNNAMED: ValueMap = {}

/**
 * Documents that nodes send inside of ControlPlaneInfo objects. The reference names the document as what fails; here it is the
 * object that carries it, which can be found in the input.
 */
const CARRIED: Readonly<Record<string, RegExp>> = {
  EncryptionConfiguration: /^encryption-provider-config$/,
  Policy: / - Audit policy file$/,
}

/**
 * Cases name objects by apiVersion, kind and name; subjects and other vectors by kind, name and namespace. Where the reference
 * has cut the name off, the kind has to do.
 */
function isSame(object: ValueMap, external: boolean, { identity }: Subject): boolean {
  if (object === UNNAMED) return true
  const kind = asText(object['kind']) ?? ''
  const name = asText(object['name'])
  if (external && identity.kind === 'ControlPlaneInfo' && CARRIED[kind]?.test(name ?? '')) return true
  if (kind !== identity.kind || (name === undefined ? !external && identity.name !== '' : name !== identity.name))
    return false
  const { apiVersion, namespace } = object
  if (apiVersion !== undefined && apiVersion !== MADE_UP_PODS && apiVersion !== apiVersionOf(identity)) return false
  return !external || namespace === undefined || namespace === identity.namespace
}

function nameOf(object: ValueMap): string {
  if (object === UNNAMED) return 'an object that the case does not name'
  return `${asText(object['kind'])}/${asText(object['name'])}`
}

function list(texts: ReadonlySet<string>): string {
  return [...texts].toSorted().join(', ')
}
