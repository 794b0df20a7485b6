/** Where resources come from. */
export { DEFAULT_MAX_FILE_BYTES, FileSource, type FileCoverage, type FileSourceOptions } from './files/file-source.ts'
export { ClusterSource, type ClusterSourceOptions } from './cluster/cluster-source.ts'
