/** Where the fields of a rendered chart were written: places in templates, and the values that have part in them. */
import { join } from 'node:path'

import type { Chart, RenderedTemplate, Rendering, SourceMap, SourcePosition, ValueOrigin } from '@kubescape/helm'
import type { ChartValue, FileLine, Origin, SourcePlace, SourceSpan } from '@kubescape/resources'
import { lineStarts, parsePath, positionAt, type Location } from '@kubescape/yaml'

import { contentOffset } from '../content-offset.ts'
import type { FoundSource } from '../rendered-sources.ts'
import type { ChartSettings, ValueSet } from './chart-settings.ts'
import { textOfFile } from './chart-text.ts'
import { ValueLines, valuesPath } from './value-lines.ts'

/** Values that decide about a field are told as far as that helps. */
const MOST_CONDITIONS = 2

/** A rendering with its source maps. */
export class ChartPlaces {
  /** Characters of all templates. */
  readonly length: number
  readonly #chart: Chart
  readonly #folder: string
  readonly #templates: ReadonlyMap<string, RenderedTemplate>
  readonly #lines: ValueLines
  readonly #texts = new Map<string, string | undefined>()

  constructor(
    chart: Chart,
    { templates }: Rendering,
    { display }: FoundSource,
    { files }: ValueSet,
    { sets }: ChartSettings,
  ) {
    const flags = new Map(sets.map(({ kind, text }) => [text, `--${kind}`]))
    this.#chart = chart
    this.#folder = display
    this.#templates = new Map(templates.map((template) => [template.path, template]))
    this.length = templates.reduce((sum, { text }) => sum + text.length, 0)
    this.#lines = new ValueLines(
      ({ kind, name }) => (kind === 'chart' ? this.#textOf(name) : files.find((file) => file.name === name)?.text),
      // What was given to a flag may be a secret: the path of the value says enough.
      ({ kind, name }) =>
        kind === 'chart' ? join(display, name) : kind === 'file' ? name : (flags.get(name) ?? '--set'),
    )
  }

  /** The rendered text of a template, by its path below the chart. */
  text(template: string): string | undefined {
    return this.#templates.get(template)?.text
  }

  /** The line of the template that begins an object; 1 where that is not known. */
  line({ rendered, start, end }: Origin): number {
    const { text = '', map } = this.#templates.get(rendered?.template ?? '') ?? {}
    return this.#outermost(map, text, start + contentOffset(text.slice(start, end)))?.line ?? 1
  }

  /** The line of a template that wrote a character of its rendered text. */
  lineAt(template: string, offset: number): number | undefined {
    const { map, text = '' } = this.#templates.get(template) ?? {}
    return this.#outermost(map, text, offset)?.line
  }

  /** Where a field was written, or what should have it. */
  place({ rendered }: Origin, location: Location, path: string): SourcePlace | undefined {
    const template = this.#templates.get(rendered?.template ?? '')
    const at = template && this.#outermost(template.map, template.text, location.start)
    if (template?.map === undefined || at === undefined) return undefined
    const { position, callers } = template.map.at(location.start)
    const calls = callers.length === 0 || position === undefined ? [] : [...callers.slice(0, -1).toReversed(), position]
    const missing = parsePath(path).slice(location.depth)
    return {
      file: this.#fileOf(at.template),
      line: at.line,
      column: at.column,
      ...this.#endOf(at),
      values: location.exists ? this.#present(template, location) : this.#absent(template, location, missing),
      calls: calls.map(({ template: called, line }) => ({ file: this.#fileOf(called), line })),
    }
  }

  /** Every value that has part in an object, as templates name it. */
  valuePaths({ rendered, start, end }: Origin): readonly string[] {
    const { values = [] } = this.#templates.get(rendered?.template ?? '')?.map?.range(start, end) ?? {}
    return values.map(({ entry }) => valuesPath(entry.path))
  }

  /** What wrote characters of the rendered text of a template. */
  spans(template: string, start: number, end: number): readonly SourceSpan[] {
    const { text = '', map } = this.#templates.get(template) ?? {}
    const spans: SourceSpan[] = []
    for (const { from, length, origin } of map?.runs(start, end) ?? []) {
      if (origin.at === undefined) continue
      const { template: name, offset } = origin.at
      const source = this.#textOf(pathOf(name)) ?? ''
      const isLiteral = source.startsWith(text.slice(from, from + length), offset)
      const first = isLiteral ? offset + Math.max(0, start - from) : offset
      const last = isLiteral ? offset + Math.min(length, end - from) : endOfAction(source, offset)
      spans.push({ file: this.#fileOf(name), start: first, end: last, isLiteral })
    }
    return spans
  }

  /** The place in the template file itself, whatever it called. */
  #outermost(map: SourceMap | undefined, text: string, offset: number): SourcePosition | undefined {
    for (const { from, length, origin } of map?.runs(offset, offset + 1) ?? []) {
      if (length === 0 || origin.at === undefined) continue
      const source = this.#textOf(pathOf(origin.at.template)) ?? ''
      const isLiteral = source.startsWith(text.slice(from, from + length), origin.at.offset)
      let at = origin.at
      while (at.caller !== undefined) at = at.caller
      const outer = this.#textOf(pathOf(at.template)) ?? ''
      const place = at === origin.at && isLiteral ? at.offset + offset - from : at.offset
      return { template: at.template, ...positionAt(outer, place) }
    }
    return undefined
  }

  /** To the end of the line: what follows belongs to the field as far as it is there at all. */
  #endOf({ template, line }: SourcePosition): { endLine: number; endColumn: number } {
    const text = this.#textOf(pathOf(template)) ?? ''
    const start = lineStarts(text)[line - 1] ?? 0
    const end = text.indexOf('\n', start)
    const length = text.slice(start, end < 0 ? undefined : end).trimEnd().length
    return { endLine: line, endColumn: length + 1 }
  }

  /** The values that a field is made from; of one that stands in the template, those that it depends on. */
  #present({ map, text }: RenderedTemplate, { start, valueStart, valueEnd }: Location): ChartValue[] {
    if (map === undefined) return []
    const { values, guards } = map.range(valueStart, Math.max(valueEnd, valueStart + 1))
    const filled = values.filter(({ use }) => use !== 'empty').map(({ entry }) => entry)
    const empty = values.filter(({ use }) => use === 'empty').map(({ entry }) => entry)
    const isExact = values.length === 1 && values[0]?.use === 'exact'
    const whole = isExact ? filled[0] : isCollection(text, valueStart, valueEnd) ? commonParent(filled) : undefined
    if (whole !== undefined) return [this.#value(whole, whole.path, 'change')]
    if (values.length > 0) {
      return [
        ...filled.map((entry) => this.#value(entry, entry.path, 'part')),
        ...empty.map((entry) => this.#value(entry, entry.path, 'set')),
      ]
    }
    const conditions = guards.length > 0 ? guards : map.at(start).guards
    return conditions.slice(0, MOST_CONDITIONS).map((entry) => this.#value(entry, entry.path, 'condition'))
  }

  /** The values that a missing field would come from. `missing` are the keys that are not there. */
  #absent(
    { map }: RenderedTemplate,
    { valueStart, end }: Location,
    [key, ...below]: readonly (string | number)[],
  ): ChartValue[] {
    if (map === undefined || key === undefined) return []
    const entries = map.absent(valueStart, end, String(key))
    return entries.map((entry) =>
      entry.fills ? this.#value(entry, [...entry.path, ...below], 'set') : this.#value(entry, entry.path, 'condition'),
    )
  }

  #value({ layer }: ValueOrigin, path: ValueOrigin['path'], use: ChartValue['use']): ChartValue {
    return { path: valuesPath(path), use, ...this.#lines.line(layer, path) } satisfies FileLine & ChartValue
  }

  #fileOf(template: string): string {
    return join(this.#folder, pathOf(template))
  }

  #textOf(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, textOfFile(this.#chart, path))
    return this.#texts.get(path)
  }
}

/** `web/templates/pod.yaml` is `templates/pod.yaml` below the chart. */
function pathOf(template: string): string {
  return template.slice(template.indexOf('/') + 1)
}

/** True for a value of several lines, or in brackets. */
function isCollection(text: string, start: number, end: number): boolean {
  return '[{'.includes(text.charAt(start)) || text.slice(start, end).trimEnd().includes('\n')
}

/** The list or map that all of the entries are in; undefined for a single entry, or when they have little in common. */
function commonParent(entries: readonly ValueOrigin[]): ValueOrigin | undefined {
  const [first, ...others] = entries
  if (first === undefined || others.length === 0) return undefined
  const length = others.reduce((common, { path }) => {
    const differs = first.path.slice(0, common).findIndex((step, at) => path[at] !== step)
    return differs < 0 ? Math.min(common, path.length) : differs
  }, first.path.length)
  // What lies side by side at the top has nothing in common.
  return length === 0 ? undefined : { layer: first.layer, path: first.path.slice(0, length) }
}

/** Behind the `}}` of an action. */
function endOfAction(text: string, offset: number): number {
  const end = text.indexOf('}}', offset)
  return end < 0 ? text.length : end + 2
}
