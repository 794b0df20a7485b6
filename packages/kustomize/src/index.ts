/** Kustomizations to manifests. */
export { build, type BuildOptions, type BuildResult, type BuiltObject } from './build.ts'
export type { BuildLimits } from './accumulate.ts'
export { BuildError } from './problem.ts'
export type { FileSystem } from './file-system.ts'
export type { ChartRequest } from './generators/chart-request.ts'
export { KUSTOMIZATION_FILES } from './kustomization/kustomization.ts'
export type { Change, ObjectSource } from './resources/resource.ts'
export type { Matcher } from './resources/selector.ts'
