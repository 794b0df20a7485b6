/** Comparing scans: snapshots of what two found, and what changed between them. */
export { renderBaseline } from './baseline-file.ts'
export {
  BUCKETS,
  compareSnapshots,
  countBuckets,
  regressions,
  type Bucket,
  type ComparedFailure,
  type Comparison,
  type Granularity,
} from './compare.ts'
export { renderComparison } from './document.ts'
export {
  policyDifference,
  type LoneControl,
  type PolicyDifference,
  type SetVerdict,
  type VerdictDifference,
} from './policy-difference.ts'
export { readSnapshot } from './read-snapshot.ts'
export { regressionReport, type RegressionReport } from './regression-report.ts'
export { snapshotOfReport } from './snapshot-of-report.ts'
export type { Snapshot } from './snapshot.ts'
