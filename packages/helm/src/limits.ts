/** How much a chart may cost. */

/** Bounds for loading and rendering one chart. What hits one is a problem of that chart alone. */
export interface ChartLimits {
  /** Bytes of one file. */
  readonly fileBytes: number
  /** Bytes of all files of a chart and its archives together, unpacked. */
  readonly chartBytes: number
  /** Files of a chart and its archives together. */
  readonly files: number
  /** Charts within each other. */
  readonly chartDepth: number
  /** Charts that are rendered together; a chart with two aliases counts twice. */
  readonly charts: number
  /** UTF-16 units that stand inside of the actions of all templates together. */
  readonly templateCode: number
  /** Nodes of templates that are executed, characters and items that functions make, and values that are laid over others. */
  readonly steps: number
  /** UTF-16 units that one template may write. */
  readonly outputPerTemplate: number
  /** UTF-16 units that all templates may write together. */
  readonly output: number
}

/** Helm's limits where it has some, otherwise what no chart of good will reaches. */
export const defaultChartLimits: ChartLimits = {
  fileBytes: 5 * 1024 * 1024,
  chartBytes: 100 * 1024 * 1024,
  files: 20_000,
  chartDepth: 20,
  charts: 1000,
  templateCode: 4 * 1024 * 1024,
  steps: 10_000_000,
  outputPerTemplate: 16 * 1024 * 1024,
  output: 64 * 1024 * 1024,
}
