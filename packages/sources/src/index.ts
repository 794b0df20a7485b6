/** Where resources come from. */
export { DEFAULT_MAX_FILE_BYTES, FileSource, type FileCoverage, type FileSourceOptions } from './files/file-source.ts'
export { ClusterSource, type ClusterSourceOptions } from './cluster/cluster-source.ts'
export { planReadings, type ClusterExtent, type Reading } from './cluster/readings.ts'
export { collectNodeFacts, type NodeFact, type NodeFacts, type NodeFactsOptions } from './nodes/node-facts.ts'
export type { NodeLimits } from './nodes/limits.ts'
export type { UnreadPlace } from './nodes/machine.ts'
