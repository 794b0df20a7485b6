/** Reports of the Policy Working Group, `wgpolicyk8s.io/v1alpha2`: a YAML document for each namespace. */
import { SEVERITIES, type ControlResult, type Ref, type Report, type Verdict } from '@kubescape/results'
import { yamlFromJson } from '@kubescape/yaml'

import type { RenderContext } from '../format.ts'
import { controlUrl, exceptionsOf, findingsOf, messagesOf, namedResource } from '../listing.ts'
import { isNamespaceName, labelValue, objectName } from './names.ts'

type Result = 'pass' | 'fail' | 'warn' | 'error' | 'skip'

const LONGEST_LIST = 1024

/** Renders the report. Passes are counted; they are listed with `verbose` only, since an object has room for some thousands. */
export function* render(report: Report, { verbose }: RenderContext): Generator<string> {
  const byNamespace = Map.groupBy(report.subjects.keys(), (ref) => {
    const namespace = report.subjects[ref]?.identity.namespace ?? ''
    return isNamespaceName(namespace) ? namespace : ''
  })
  if (!byNamespace.has('')) byNamespace.set('', [])
  const namespaces = [...byNamespace].toSorted(([a], [b]) => (a < b ? -1 : 1))
  let isFirst = true
  for (const [namespace, refs] of namespaces) {
    if (namespace !== '' && !isJudged(report, refs)) continue
    if (!isFirst) yield '---\n'
    isFirst = false
    yield* yamlFromJson(document(report, namespace, refs, verbose))
  }
}

function isJudged(report: Report, refs: readonly Ref[]): boolean {
  return refs.some((ref) => {
    for (const _ of report.bySubject(ref)) return true
    return false
  })
}

/** One object as JSON, in pieces. */
function* document(report: Report, namespace: string, refs: readonly Ref[], verbose: boolean): Generator<string> {
  const { input } = report.metadata
  const cluster = input.kind === 'cluster' ? input.context : ''
  const head = {
    apiVersion: 'wgpolicyk8s.io/v1alpha2',
    kind: namespace === '' ? 'ClusterPolicyReport' : 'PolicyReport',
    metadata: {
      name: objectName(['kubescape', cluster, namespace]),
      ...(namespace === '' ? {} : { namespace }),
      labels: {
        'app.kubernetes.io/managed-by': 'kubescape',
        ...(cluster === '' ? {} : { 'kubescape.io/cluster': labelValue(cluster) }),
      },
    },
  }
  const summary: Record<Result, number> = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
  yield `${JSON.stringify(head).slice(0, -1)},"results":[`
  let isFirst = true
  for (const ref of refs) {
    for (const verdict of report.bySubject(ref)) {
      const result = resultOf(verdict)
      summary[result]++
      if (result === 'pass' && !verbose) continue
      yield `${isFirst ? '' : ','}${JSON.stringify(entry(report, verdict, result))}`
      isFirst = false
    }
  }
  yield `],"summary":${JSON.stringify(summary)}}`
}

function resultOf({ status, subStatus }: Verdict): Result {
  if (status === 'failed') return 'fail'
  if (status === 'passed') return 'pass'
  return subStatus === 'requires review' ? 'warn' : 'skip'
}

function entry(report: Report, verdict: Verdict, result: Result): object {
  const { control } = verdict
  const { apiVersion, kind, namespace, name, file, line } = namedResource(report, verdict.ref)
  const url = controlUrl(control.control)
  return {
    source: 'kubescape',
    policy: control.control.id,
    rule: control.control.name,
    category: control.control.category ?? 'Other',
    severity: severityOf(control),
    result,
    scored: true,
    message: message(verdict),
    resources: [{ apiVersion, kind, ...(namespace === '' ? {} : { namespace }), name }],
    properties: {
      ...(url === '' ? {} : { controlURL: url }),
      ...(file === '' ? {} : { file: `${file}:${line}` }),
      ...exceptionProperties(verdict),
    },
    timestamp: { seconds: Math.floor(Date.parse(report.metadata.generationTime) / 1000), nanos: 0 },
  }
}

function severityOf({ severity }: ControlResult): string {
  return severity === 'Unknown' || !SEVERITIES.includes(severity) ? 'info' : severity.toLowerCase()
}

/** What is wrong where. */
function message(verdict: Verdict): string {
  const { control, status } = verdict
  if (status === 'passed') return 'passed'
  if (status === 'skipped' && control.info !== '') return control.info
  const { findings, excepted } = findingsOf(verdict)
  const paths = [...new Set([...findings, ...excepted].map(({ path }) => path))]
    .filter((path) => path !== '')
    .join(', ')
  const prefix = status === 'excluded' ? 'excluded by exceptions: ' : ''
  const said = messagesOf(verdict).map((each) => `. ${each}`)
  return clipped(`${prefix}${control.control.name}${paths === '' ? '' : `: ${paths}`}${said.join('')}`)
}

function exceptionProperties(verdict: Verdict): object {
  const exceptions = verdict.status === 'passed' ? [] : exceptionsOf(verdict)
  if (exceptions.length === 0) return {}
  const properties = {
    exception: listed(exceptions.map(({ name }) => name)),
    exceptionReason: listed(exceptions.map(({ reason }) => reason)),
    exceptionOwner: listed(exceptions.map(({ owner }) => owner)),
    exceptionExpires: listed(exceptions.map(({ expires }) => expires)),
  }
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ''))
}

/** Texts on one line, each once. */
function listed(texts: readonly string[]): string {
  return clipped([...new Set(texts)].filter((text) => text !== '').join('; '))
}

function clipped(text: string): string {
  return text.length <= LONGEST_LIST ? text : `${text.slice(0, LONGEST_LIST - 1).toWellFormed()}…`
}
