/** Small charts for tests. */
import { loadChart, renderChart, type Chart, type RenderOptions } from '../src/index.ts'

/** Files of a chart by their path. A `Chart.yaml` of name `web` is added where there is none. */
export type Texts = Readonly<{ [path: string]: string }>

/** The files as bytes. */
export function bytesOf(texts: Texts): Map<string, Uint8Array> {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', ...texts }
  return new Map(Object.entries(all).map(([path, text]) => [path, new TextEncoder().encode(text)]))
}

/** The chart; it throws with Helm's words when it cannot be loaded. */
export function chartOf(texts: Texts): Chart {
  const { chart, error } = loadChart(bytesOf(texts))
  if (chart === undefined) throw new Error(error.message)
  return chart
}

/** Texts of all templates and notes by name, or `error` with Helm's words. */
export function rendered(texts: Texts, options: RenderOptions = {}): Record<string, string> {
  const { rendering, error } = renderChart(chartOf(texts), options)
  if (rendering === undefined) return { error: error.message }
  return Object.fromEntries([...rendering.templates, ...rendering.notes].map(({ name, text }) => [name, text]))
}

/** What one template writes, or Helm's words for why it does not; the chart has these values. */
export function output(template: string, values = '', options: RenderOptions = {}): string | undefined {
  const texts = rendered({ 'values.yaml': values, 'templates/page.yaml': template }, options)
  return texts['error'] ?? texts['web/templates/page.yaml']
}
