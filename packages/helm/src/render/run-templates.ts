/** Runs the templates of a chart and of the charts below it, in Helm's order: package engine of Helm. */
import { ChartFailure } from '../chart/chart-error.ts'
import { isLibrary, type ChartFile } from '../chart/chart.ts'
import { fromBytes } from '../go/bytes.ts'
import { compareBytes, Dict, Traced, type Value } from '../go/value.ts'
import { SourceMap, TracedOutput, ValueTracer } from '../source-map/index.ts'
import {
  execute,
  ExecutionError,
  parseTemplate,
  PlainOutput,
  SyntaxProblem,
  TemplateSet,
  type Budget,
  type ExecutionOptions,
  type Template,
} from '../template/index.ts'
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

/** Templates that were read from a file, by the name that they were read under: an alias changes it. */
const parsed = new WeakMap<ChartFile, { readonly name: string; readonly templates: readonly Template[] }>()

/**
 * Runs all templates that are no partials.
 * @throws {ChartFailure} for the first that fails
 * @throws {LimitError} when they take or write too much
 */
export function runTemplates(scopes: readonly ChartScope[], run: TemplateRun): WrittenTexts {
  const files = templateFiles(scopes)
  const paths = new Map(files.map(({ name, path }) => [name, path]))
  const pathOf: PathOf = (name) => paths.get(name)
  const textOf: TextOf = (name) => set.get(name)?.source.text
  const set = new TemplateSet()
  for (const file of files) set.add(templatesOf(file, pathOf))
  const templates: RenderedTemplate[] = []
  const notes: RenderedTemplate[] = []
  for (const file of files) {
    const baseName = file.name.slice(file.name.lastIndexOf('/') + 1)
    if (baseName.startsWith('_')) continue
    const rendered = runTemplate(file, set, run, pathOf, textOf)
    if (baseName === 'NOTES.txt') notes.push(rendered)
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

function templatesOf({ name, file }: TemplateFile, pathOf: PathOf): readonly Template[] {
  const known = parsed.get(file)
  if (known?.name === name) return known.templates
  try {
    const templates = parseTemplate(name, fromBytes(file.bytes), helmFunctions)
    parsed.set(file, { name, templates })
    return templates
  } catch (error) {
    throw error instanceof SyntaxProblem ? new ChartFailure(syntaxError(error, pathOf)) : error
  }
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
