/** Runs the templates of a chart and of the charts below it, in Helm's order: package engine of Helm. */
import { ChartFailure } from '../chart/chart-error.ts'
import { isLibrary, type ChartFile } from '../chart/chart.ts'
import { fromBytes } from '@kubescape/go'
import {
  type Budget,
  Dict,
  ExecutionError,
  type ExecutionOptions,
  LimitError,
  PlainOutput,
  SyntaxProblem,
  type Template,
  TemplateSet,
  Traced,
  type Value,
  compareBytes,
  execute,
  parseTemplate,
} from '@kubescape/go-template'
import { SourceMap, TracedOutput, ValueTracer } from '../source-map/index.ts'
import { helmFunctions, withoutNoValue } from './engine-functions.ts'
import { executionError, syntaxError, type PathOf } from './render-error.ts'
import type { RenderedTemplate } from './render-options.ts'
import type { RunContext } from './run-context.ts'
import type { ChartScope } from './scope.ts'
import { methodOf, VALUES_TYPE } from './values-methods.ts'

/** What all templates of a rendering share. */
export interface TemplateRun {
  readonly context: RunContext
  readonly budget: Budget
  readonly strict: boolean
  /** Follows every character back to templates and values. */
  readonly traced: boolean
  /** UTF-16 units that stand inside of actions. */
  readonly codeLimit: number
}

/** What the templates wrote. */
export interface WrittenTexts {
  readonly templates: readonly RenderedTemplate[]
  readonly notes: readonly RenderedTemplate[]
  readonly crds: readonly RenderedTemplate[]
}

/** A template file and the chart that it belongs to. */
interface TemplateFile {
  readonly name: string
  readonly path: string
  readonly file: ChartFile
  readonly scope: ChartScope
}

/** Text of a template file by its name. */
type TextOf = (name: string) => string | undefined

/** Templates that were read from a file, and the name that they were read under: an alias changes it. */
interface ReadFile {
  readonly name: string
  readonly code: number
  readonly templates: readonly Template[]
}

/** Files stay read for the next rendering. */
const parsed = new WeakMap<ChartFile, ReadFile>()

/**
 * Runs all templates that are no partials.
 * @throws {ChartFailure} for the first that fails
 * @throws {LimitError} when they take or write too much, or there is too much of them
 */
export function runTemplates(scopes: readonly ChartScope[], run: TemplateRun): WrittenTexts {
  const files = templateFiles(scopes)
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  const pathOf: PathOf = (name) => paths.get(name)
  const textOf: TextOf = (name) => set.get(name)?.source.text
  const set = new TemplateSet()
  let code = 0
  for (const file of files) {
    const read = templatesOf(file, run.codeLimit - code, pathOf)
    code += read.code
    set.add(read.templates)
  }
  const templates: RenderedTemplate[] = []
  const notes: RenderedTemplate[] = []
  for (const file of files) {
    const baseName = file.name.slice(file.name.lastIndexOf('/') + 1)
    if (baseName.startsWith('_')) continue
    const rendered = runTemplate(file, set, run, pathOf, textOf)
    if (baseName.endsWith('NOTES.txt')) notes.push(rendered)
    else templates.push(rendered)
  }
  return { templates, notes, crds: crdsIn(scopes) }
}

/** Custom resource definitions, those of a parent before those of its children. */
function crdsIn(scopes: readonly ChartScope[]): RenderedTemplate[] {
  return scopes.toReversed().flatMap(({ node }) =>
    node.chart.files
      .filter(({ name }) => name.startsWith('crds/') && /\.(?:ya?ml|json)$/.test(name))
      .map(({ name, bytes }) => ({
        name: `${node.path}/${name}`,
        path: node.chart.folder + name,
        text: fromBytes(bytes),
        synthetic: false,
      })),
  )
}

/** Deep paths first, later names before earlier ones: so the templates of a parent win over those of its children. */
function templateFiles(scopes: readonly ChartScope[]): TemplateFile[] {
  const files = new Map<string, TemplateFile>()
  for (const scope of scopes) {
    const { node } = scope
    for (const file of node.chart.templates) {
      const isPartial = file.name.slice(file.name.lastIndexOf('/') + 1).startsWith('_')
      if (isLibrary(node.chart) && !isPartial) continue
      const name = `${node.path}/${file.name}`
      files.set(name, { name, path: node.chart.folder + file.name, file, scope })
    }
  }
  const depths = new Map([...files.keys()].map((name) => [name, name.split('/').length]))
  const depthOf = ({ name }: TemplateFile): number => depths.get(name) ?? 0
  return [...files.values()].toSorted((a, b) => depthOf(b) - depthOf(a) || compareBytes(b.name, a.name))
}

function templatesOf({ name, file }: TemplateFile, codeLeft: number, pathOf: PathOf): ReadFile {
  const known = parsed.get(file)
  if (known?.name === name) return known
  const text = fromBytes(file.bytes)
  const code = codeLength(text)
  if (code > codeLeft) throw new LimitError(`template: ${name}: the templates have too much code`)
  try {
    const read = { name, code, templates: parseTemplate(name, text, helmFunctions) }
    parsed.set(file, read)
    return read
  } catch (error) {
    throw error instanceof SyntaxProblem ? new ChartFailure(syntaxError(error, pathOf)) : error
  }
}

/** UTF-16 units between delimiters: trees take some 200 bytes of memory for each. */
function codeLength(text: string): number {
  let length = 0
  for (let at = text.indexOf('{{'); at !== -1;) {
    const end = text.indexOf('}}', at)
    length += (end === -1 ? text.length : end) - at
    at = end === -1 ? -1 : text.indexOf('{{', end)
  }
  return length
}

function runTemplate(
  file: TemplateFile,
  set: TemplateSet,
  run: TemplateRun,
  pathOf: PathOf,
  textOf: TextOf,
): RenderedTemplate {
  const { name, path, scope } = file
  const { context, budget, strict, traced } = run
  const entries: [string, Value][] = [
    ['Name', name],
    ['BasePath', `${scope.node.path}/templates`],
  ]
  scope.dot.entries.set('Template', new Dict(new Map(entries), VALUES_TYPE))
  const options: ExecutionOptions = { missingKey: strict ? 'error' : 'zero', context, budget, methodOf }
  context.begin()
  const template = set.get(name) as Template
  try {
    if (!traced) {
      const output = new PlainOutput(budget)
      execute(set, template, scope.dot, options, output)
      return { name, path, text: withoutNoValue(output.text) as string, synthetic: context.isSynthetic }
    }
    const output = new TracedOutput(budget)
    const tracer = new ValueTracer()
    context.begin(tracer)
    execute(set, template, scope.dot, { ...options, tracer }, output)
    const { value, spans } = withoutNoValue(output.result()) as Traced
    const text = value as string
    return { name, path, text, synthetic: context.isSynthetic, map: new SourceMap(text, spans, textOf) }
  } catch (error) {
    throw error instanceof ExecutionError ? new ChartFailure(executionError(error, pathOf)) : error
  }
}
