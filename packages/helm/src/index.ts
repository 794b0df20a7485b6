/** Helm charts without Helm: Go templates, sprig, values to manifests, and where every line comes from. */
export { readChartArchive, type ArchiveResult } from './chart/archive.ts'
export type {
  Chart,
  ChartFile,
  DefaultValues,
  Dependency,
  ImportedValues,
  Maintainer,
  Metadata,
} from './chart/chart.ts'
export type { ChartError, ChartStage, TemplateFailure } from './chart/chart-error.ts'
export { loadChart, type LoadOptions, type LoadResult } from './chart/load-chart.ts'
export type { Value } from '@kubescape/go-template'
export { defaultChartLimits, type ChartLimits } from './limits.ts'
export { manifestOf, type ManifestOptions, type ManifestResult } from './render/manifest.ts'
export { problemOfValues, renderChart } from './render/render-chart.ts'
export type {
  Release,
  RenderedTemplate,
  Rendering,
  RenderOptions,
  RenderResult,
  SetValue,
  ValuesFile,
} from './render/render-options.ts'
export {
  SourceMap,
  type AbsentEntry,
  type SourcePosition,
  type SourceRange,
  type ValueUse,
} from './source-map/index.ts'
export type { ValueLayer, ValueOrigin } from '@kubescape/go-template'
