/** A comparison as JSON: what `kubescape diff --format json` and `yaml` write. */
import type { Json } from '../layout.ts'
import { BUCKETS, countBuckets, type ComparedFailure, type Comparison } from './compare.ts'

/** The document, in pieces. */
export function* renderComparison(comparison: Comparison): Generator<string> {
  const { granularity, warnings, failures } = comparison
  const summary = countBuckets(comparison)
  yield `{"granularity":${JSON.stringify(granularity)},"summary":${JSON.stringify(summary)}`
  yield `,"warnings":${JSON.stringify(warnings)}`
  for (const bucket of BUCKETS) {
    yield `,${JSON.stringify(bucket)}:[`
    const items = failures.filter((failure) => failure.bucket === bucket)
    for (const [at, item] of items.entries()) yield `${at === 0 ? '' : ','}${JSON.stringify(entry(item))}`
    yield ']'
  }
  yield '}\n'
}

/** `evidenceResourceID` is the related resource where that is the evidence, and the resource itself otherwise. */
function entry(failure: ComparedFailure): Json {
  const { evidence } = failure
  const isRelated = evidence.type === 'related'
  return {
    resourceID: failure.resourceID,
    controlID: failure.controlID,
    controlName: failure.controlName,
    severity: failure.severity,
    baseStatus: failure.baseStatus,
    headStatus: failure.headStatus,
    ruleName: evidence.rule,
    evidenceType: evidence.type,
    path: isRelated ? '' : evidence.path,
    evidenceResourceID: isRelated ? evidence.path : failure.resourceID,
    reason: failure.reason,
    ...(failure.file === '' ? {} : { file: failure.file }),
    ...(evidence.line === 0 ? {} : { line: evidence.line }),
  }
}
