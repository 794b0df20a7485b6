/** Texts of the files of a chart. */
import type { Chart } from '@kubescape/helm'

const UTF8 = new TextDecoder()

/** The text of a file of the chart or of one below it, by its path below the root; undefined when there is none. */
export function textOfFile(chart: Chart, path: string): string | undefined {
  const inside = path.startsWith(chart.folder) ? path.slice(chart.folder.length) : undefined
  if (inside === undefined) return undefined
  if (inside === 'values.yaml') return chart.values?.text
  const found = [...chart.templates, ...chart.files].find(({ name }) => name === inside)
  if (found !== undefined) return UTF8.decode(found.bytes)
  for (const dependency of chart.dependencies) {
    const text = textOfFile(dependency, path)
    if (text !== undefined) return text
  }
  return undefined
}
