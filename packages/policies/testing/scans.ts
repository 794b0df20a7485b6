/** Scans by policies alone, for tests: what they say of a few objects. */
import { BUILT_IN, extendCatalogue, type Catalogue, type Finding } from '@kubescape/controls'
import { identityOf, type ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { makeInputs, scan, selectControls, type ResourceSource, type ScanRequest } from '@kubescape/scanner'

import type { PolicySet } from '../src/policy-set.ts'

function sourceOf(objects: readonly ValueMap[]): ResourceSource {
  return {
    async *resources() {
      for (const each of objects) {
        const identity = identityOf(each)
        if (identity !== undefined) yield { identity, object: each }
      }
    },
    coverage: () => ({
      documents: { files: 1, unreadableFiles: 0, read: objects.length, unread: 0, notNeeded: 0, ignored: 0 },
      problems: [],
    }),
  }
}

const METADATA: ScanRequest['metadata'] = {
  generationTime: '2026-01-02T03:04:05Z',
  reportGuid: 'a-report',
  version: '0.0.0',
  targetType: 'framework',
  targetNames: [],
  input: { kind: 'stdin', paths: ['-'] },
  formats: [],
  includeNamespaces: [],
  excludeNamespaces: [],
  complianceThreshold: 0,
  verbose: false,
  controlsInputs: '',
  exceptions: '',
}

/** What a scan is asked beside its policies. */
export interface Asked {
  readonly frameworks?: readonly string[]
  readonly controls?: readonly string[]
  /** Values of inputs. */
  readonly inputs?: Readonly<Record<string, readonly string[]>>
  readonly cloudProvider?: string
  /** The policies stand alone, without the built-in controls. */
  readonly alone?: boolean
  readonly target?: ScanRequest['target']
  readonly exceptions?: NonNullable<ScanRequest['exceptions']>
}

/** Scans by all controls of the set, or by those that are asked for. */
export function scanBy(set: PolicySet, objects: readonly ValueMap[], asked: Asked = {}): Promise<Report> {
  const { frameworks, controls = set.controls.map(({ id }) => id), inputs = {}, cloudProvider, alone = false } = asked
  const known: Catalogue = alone ? set : extendCatalogue(BUILT_IN, set)
  const selection = selectControls(frameworks === undefined ? { controls } : { frameworks }, known)
  const values = makeInputs({ ...set.inputs, ...inputs }, set.ownInputs)
  return scan({
    selection,
    inputs: cloudProvider === undefined ? values : { ...values, cloudProvider },
    source: sourceOf(objects),
    target: asked.target ?? 'file',
    filter: {},
    policyProblems: set.problems,
    ...(asked.exceptions === undefined ? {} : { exceptions: asked.exceptions }),
    metadata: METADATA,
  })
}

/** What the report says of a control, by kind and name of what was judged: a status, or the findings of a failure. */
export function verdicts(report: Report, id: string): Record<string, string | readonly Finding[]> {
  const result = report.controls.find(({ control }) => control.id === id)
  if (result === undefined) return {}
  return Object.fromEntries(
    Array.from(report.byControl(result), ({ ref, status, rules }) => {
      const { kind = '', name = '' } = report.subjects[ref]?.identity ?? {}
      return [`${kind} ${name}`, status === 'failed' ? rules.flatMap(({ findings }) => findings) : status]
    }),
  )
}

/** A workload of one container. */
export function deployment(name: string, container: ValueMap = {}, rest: ValueMap = {}): ValueMap {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { template: { spec: { containers: [{ name: 'app', image: `${name}:1`, ...container }] } } },
    ...rest,
  }
}

/** An object of any kind in the namespace shop. */
export function object(kind: string, name: string, rest: ValueMap = {}, apiVersion = 'v1'): ValueMap {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...rest }
}
