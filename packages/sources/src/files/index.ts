/** Resources of files: what most scans start with, and so loaded without the sources that talk to clusters and nodes. */
export type { ChartSettings } from './charts/chart-settings.ts'
export { FactFiles, type FactFilesOptions } from './fact-files.ts'
export type { CalledFolder } from './discover.ts'
export { DEFAULT_MAX_FILE_BYTES, FileSource, type FileCoverage, type FileSourceOptions } from './file-source.ts'
