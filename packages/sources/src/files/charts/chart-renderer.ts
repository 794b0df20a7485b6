/** A chart of the scan: read from the disk, rendered with every set of values, its objects given with their templates. */
import { join, relative, sep } from 'node:path'

import { renderChart, type Chart, type RenderedTemplate, type RenderResult } from '@kubescape/helm'
import {
  asMap,
  isClusterScoped,
  type Origin,
  type Resource,
  type SourcePlace,
  type SourceSpan,
} from '@kubescape/resources'
import type { Location, Problem } from '@kubescape/yaml'

import { readObjects, type Reading } from '../read-objects.ts'
import type { FoundSource } from '../rendered-sources.ts'
import { RenderedOrigin, textKey, type Renderer } from '../renderer.ts'
import { ChartPlaces } from './chart-places.ts'
import { problemOf } from './chart-problems.ts'
import type { ChartSettings, ValueSet } from './chart-settings.ts'
import type { ChartStore } from './chart-store.ts'
import { textOfFile } from './chart-text.ts'

/** Renders a chart. */
export class ChartRenderer implements Renderer {
  readonly #source: FoundSource
  readonly #store: ChartStore
  /** Problems of files are told once. */
  #isTold = false

  constructor(source: FoundSource, store: ChartStore) {
    this.#source = source
    this.#store = store
  }

  *resources(reading: Reading, report: (problem: Problem) => void): Generator<Resource> {
    const { chart, problems } = this.#store.load(this.#source)
    for (const problem of problems) if (!this.#isTold) report(problem)
    this.#isTold = true
    if (chart === undefined) {
      reading.documents.files++
      reading.documents.unreadableFiles++
      return
    }
    // What only other charts use is seen when they are rendered.
    if (chart.metadata.type === 'library') return
    reading.documents.files += chart.templates.length
    for (const valueSet of this.#store.settings.valueSets) yield* this.#render(chart, valueSet, reading, report)
  }

  text(origin: Origin): string | undefined {
    return this.#places(origin)?.text(origin.rendered?.template ?? '')
  }

  place(origin: Origin, location: Location, path: string): SourcePlace | undefined {
    return this.#places(origin)?.place(origin, location, path)
  }

  valuePaths(origin: Origin): readonly string[] {
    return this.#places(origin)?.valuePaths(origin) ?? []
  }

  spans(origin: Origin, start: number, end: number): readonly SourceSpan[] {
    return this.#places(origin)?.spans(origin.rendered?.template ?? '', start, end) ?? []
  }

  sourceText(file: string): string | undefined {
    const { chart } = this.#store.load(this.#source)
    return chart === undefined
      ? undefined
      : textOfFile(chart, relative(this.#source.display, file).split(sep).join('/'))
  }

  /** Templates are not edited. */
  unchanged(): undefined {
    return undefined
  }

  *#render(
    chart: Chart,
    valueSet: ValueSet,
    reading: Reading,
    report: (problem: Problem) => void,
  ): Generator<Resource> {
    const { rendering, problems } = this.#rendered(chart, valueSet)
    const { name } = valueSet
    for (const problem of problems) {
      reading.documents.unread++
      report(name === '' ? problem : { ...problem, message: `with values ${name}: ${problem.message}` })
    }
    for (const template of rendering?.templates ?? []) {
      if (template.text.trim() === '' || this.#source.ignores(template.path)) continue
      yield* this.#objects(chart, template, name, reading, report)
    }
  }

  /**
   * The rendering without source maps, which cost time. Without dependencies that are not there the chart itself is rendered all
   * the same: Helm would not, but what is there is better judged than not.
   */
  #rendered(chart: Chart, valueSet: ValueSet): { rendering: RenderResult['rendering']; problems: Problem[] } {
    const { settings } = this.#store
    const { rendering, error } = renderChart(chart, renderOptions(settings, valueSet, true))
    if (error === undefined) return { rendering, problems: [] }
    const problem = problemOf(error, this.#source)
    if (error.stage !== 'dependencies') return { rendering: undefined, problems: [problem] }
    const other = renderChart(chart, renderOptions(settings, valueSet, false))
    return {
      rendering: other.rendering,
      problems: other.error === undefined ? [problem] : [problem, problemOf(other.error, this.#source)],
    }
  }

  *#objects(
    chart: Chart,
    template: RenderedTemplate,
    valueSet: string,
    reading: Reading,
    report: (problem: Problem) => void,
  ): Generator<Resource> {
    const { display: path, relative: below } = this.#source
    const rendered = { kind: 'chart', path, name: chart.metadata.name, template: template.path, valueSet } as const
    const place = {
      file: join(path, template.path),
      relativePath: below === '' || below === '.' ? template.path : `${below}/${template.path}`,
      fileType: 'Helm Chart',
      rendered,
    } as const
    const lineOf = (origin: Origin): number => this.#places(origin)?.line(origin) ?? 1
    const originOf = (start: number, end: number, itemPath: string, ordinal: number): Origin =>
      new RenderedOrigin({ ...place, start, end, itemPath, ordinal }, lineOf)
    const objects = readObjects(
      {
        text: template.text,
        key: textKey(originOf(0, 0, '', 0)),
        origin: ({ start, end }, itemPath, ordinal) => originOf(start, end, itemPath, ordinal),
        report: (problem) => {
          const line = this.#lineOf(rendered.template, valueSet, template.text, problem.line ?? 1)
          report({
            ...problem,
            message: `${problem.message} (in what the template renders)`,
            file: place.file,
            line,
            column: 1,
          })
        },
      },
      reading,
    )
    for (const resource of objects) {
      const { comments } = resource
      const landed = inNamespace(resource, this.#store.settings.releaseNamespace)
      if (comments === undefined) yield landed
      else {
        const placed = comments.map((comment) => ({
          ...comment,
          line: this.#lineOf(rendered.template, valueSet, template.text, comment.line),
        }))
        yield { ...landed, comments: placed }
      }
    }
  }

  /** The line of the template that wrote a line of the rendered text. */
  #lineOf(template: string, valueSet: string, text: string, line: number): number {
    let start = 0
    for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1
    return this.#traced(valueSet)?.lineAt(template, start) ?? 1
  }

  #places({ rendered }: Origin): ChartPlaces | undefined {
    return rendered === undefined ? undefined : this.#traced(rendered.valueSet)
  }

  /** The rendering with source maps; undefined when the chart is gone or has changed since. */
  #traced(name: string): ChartPlaces | undefined {
    return this.#store.traced(`${this.#source.real}\n${name}`, () => {
      const { chart } = this.#store.load(this.#source)
      const valueSet = this.#store.settings.valueSets.find((each) => each.name === name)
      if (chart === undefined || valueSet === undefined) return undefined
      const { settings } = this.#store
      const options = { ...renderOptions(settings, valueSet, false), sourceMap: true }
      const { rendering } = renderChart(chart, options)
      return rendering === undefined ? undefined : new ChartPlaces(chart, rendering, this.#source, valueSet, settings)
    })
  }
}

/** An object without a namespace lands in that of the release. */
function inNamespace(resource: Resource, namespace: string): Resource {
  const { identity, object } = resource
  if (identity.namespace !== '' || isClusterScoped(identity.kind) || namespace === 'default') return resource
  const metadata = { ...asMap(object['metadata']), namespace }
  return { ...resource, identity: { ...identity, namespace }, object: { ...object, metadata } }
}

function renderOptions(
  { sets, readFile, releaseName, releaseNamespace, kubeVersion }: ChartSettings,
  { files }: ValueSet,
  installChecks: boolean,
): Parameters<typeof renderChart>[1] {
  return {
    values: files,
    sets,
    readFile,
    release: { name: releaseName, namespace: releaseNamespace },
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    installChecks,
  }
}
