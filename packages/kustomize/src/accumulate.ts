/** One kustomization after the other: what it names, what it makes, what it changes. */
import type { ValueMap } from '@kubescape/yaml'

import { filesBelow, isRemote, isWithin, normalize, resolvePath, type FileSystem } from './file-system.ts'
import { generate, mergeGenerated } from './generators/generate.ts'
import { chartOf, type ChartRequest } from './generators/chart-request.ts'
import { fieldsOfCrds } from './kustomization/crd-fields.ts'
import { DEFAULT_FIELDS, mergeFields, readConfiguration, type FieldConfig } from './kustomization/field-config.ts'
import { mapOf, mapsOf, readKustomization, textOf, textsOf, type Kustomization } from './kustomization/kustomization.ts'
import { readSchema } from './kustomization/openapi.ts'
import type { Budget } from './limits.ts'
import type { PatchContext } from './patches/apply-patch.ts'
import type { Shapes } from './patches/merge-keys.ts'
import { atEntry, BuildError } from './problem.ts'
import { readResources } from './resources/read-resources.ts'
import { ResourceSet } from './resources/resource-set.ts'
import type { Resource } from './resources/resource.ts'
import type { Matcher } from './resources/selector.ts'
import { transform } from './transform.ts'
import { runPlugins } from './transformers/plugins.ts'
import { assignVariable, isSameVariable, variableOf, type Variable } from './transformers/variables.ts'

/** What a build is given. */
export interface BuildContext {
  readonly files: FileSystem
  /** Kustomizations read no files above their folders. */
  readonly isRestricted: boolean
  readonly matcher: Matcher
  /** Renders a chart to its manifests; undefined where charts are not rendered. */
  readonly renderChart: ((request: ChartRequest) => string) | undefined
  /** Brings a base from somewhere else; gives the folder or file. Undefined where nothing is fetched. */
  readonly bring: ((url: string) => string) | undefined
  readonly budget: Budget
  readonly warnings: Set<string>
  readonly schema: {
    /** The types that a kustomization describes; undefined before one does. */
    shapes?: Shapes
  }
}

/** What one kustomization comes to. */
export interface Accumulated {
  readonly objects: ResourceSet
  config: FieldConfig
  readonly variables: Variable[]
}

/** Everything that a kustomization names, makes and changes. `above` are the folders that led here. */
export function accumulate(
  directory: string,
  context: BuildContext,
  above: readonly string[] = [],
  into?: Accumulated,
): Accumulated {
  // A folder that holds one of those that led to it would come back to it.
  const visited = above.find((each) => isWithin(directory, each))
  if (visited !== undefined) {
    throw new BuildError(`cycle detected: candidate root '${directory}' contains visited root '${visited}'`)
  }
  const { depth, objects } = context.budget.limits
  if (above.length >= depth) throw new BuildError(`kustomizations nest more than ${depth} deep`)
  context.budget.enter()
  const kustomization = readKustomization(context.files, directory)
  if (into === undefined && above.length > 0 && kustomization.isComponent) {
    throw new BuildError(
      `expected kind != 'Component' for path '${directory}'`,
      kustomization.file,
      kustomization.lineOf('kind'),
    )
  }
  for (const warning of kustomization.warnings) context.warnings.add(warning)
  const target: Accumulated = into ?? {
    objects: new ResourceSet(),
    config: DEFAULT_FIELDS,
    variables: [],
  }
  new Target(kustomization, context, above, target).run()
  if (target.objects.resources.length > objects) {
    throw new BuildError(`more than ${objects} objects`, kustomization.file)
  }
  return target
}

class Target {
  readonly #kustomization: Kustomization
  readonly #fields: ValueMap
  readonly #context: BuildContext
  /** What this kustomization may read. */
  readonly #files: FileSystem
  readonly #above: readonly string[]
  readonly #into: Accumulated

  constructor(kustomization: Kustomization, context: BuildContext, above: readonly string[], into: Accumulated) {
    this.#kustomization = kustomization
    this.#fields = kustomization.fields
    this.#context = context
    this.#files = context.isRestricted ? filesBelow(context.files, kustomization.directory) : context.files
    this.#above = above
    this.#into = into
  }

  run(): void {
    this.#readSchema()
    this.#addResources()
    this.#configure()
    this.#generate()
    textsOf(this.#fields['components']).forEach((path, at) => {
      atEntry(this.#kustomization.file, this.#kustomization.lineOf(`components[${at}]`), () => this.#addComponent(path))
    })
    transform(this.#into, this.#patchContext())
    this.#runPlugins('transformers')
    this.#runPlugins('validators')
    this.#addVariables()
  }

  /** One description counts, the first that is met: instead of the types of Kubernetes, and from here on. */
  #readSchema(): void {
    const { directory, file, lineOf } = this.#kustomization
    const path = textOf(mapOf(this.#fields['openapi'])['path'])
    const { schema } = this.#context
    if (path === '') return
    const shapes = atEntry(file, lineOf('openapi'), () => readSchema(this.#files, resolvePath(directory, path)))
    schema.shapes ??= shapes
  }

  get #directories(): readonly string[] {
    return [this.#kustomization.directory, ...this.#above.toReversed()]
  }

  #addResources(): void {
    textsOf(this.#fields['resources']).forEach((path, at) => {
      const line = this.#kustomization.lineOf(`resources[${at}]`)
      atEntry(this.#kustomization.file, line, () => this.#addResource(path))
    })
  }

  #addResource(path: string): void {
    const { files } = this.#context
    const place = this.#placeOf(path)
    const kind = files.kind(place)
    if (kind === 'directory') {
      this.#merge(this.#below(place, path))
      return
    }
    const text = kind === 'file' ? this.#read(path, place) : undefined
    if (text === undefined) {
      throw new BuildError(
        `accumulating resources: accumulation err='accumulating resources from '${path}': open ${place}: no such file or directory'`,
      )
    }
    this.#into.objects.addAll(readResources(text, place, this.#directories))
  }

  #read(path: string, place: string): string | undefined {
    const doing = `accumulating resources: accumulation err='accumulating resources from '${path}'`
    return within(doing, () => this.#files.read(place))
  }

  /** Where a path of the kustomization leads; what is elsewhere is fetched only where somebody allows it. */
  #placeOf(path: string): string {
    if (path === '') throw new BuildError('new root cannot be empty')
    const place = resolvePath(this.#kustomization.directory, path)
    if (!isRemote(path) || this.#context.files.kind(place) !== undefined) return place
    const { bring } = this.#context
    if (bring === undefined) {
      throw new BuildError(`${path} is fetched from somewhere else, which a build does not do unasked`)
    }
    return normalize(bring(path))
  }

  #below(directory: string, path: string): Accumulated {
    return within(`accumulating resources from '${path}'`, () =>
      accumulate(directory, this.#context, [...this.#above, this.#kustomization.directory]),
    )
  }

  #merge({ objects, config, variables }: Accumulated): void {
    this.#into.objects.addAll(objects.resources)
    this.#into.config = mergeFields(this.#into.config, config)
    for (const variable of variables) this.#takeVariable(variable)
  }

  #addComponent(path: string): void {
    const place = this.#placeOf(path)
    const { files } = this.#context
    quoted('accumulating components: accumulateDirectory', () => {
      const component = within(`couldn't make target for path '${place}'`, () => readKustomization(files, place))
      if (!component.isComponent) {
        throw new BuildError(`expected kind 'Component' for path '${place}' but got 'Kustomization'`, component.file, 1)
      }
      within(`recursed accumulation of path '${place}'`, () =>
        accumulate(place, this.#context, [...this.#above, this.#kustomization.directory], this.#into),
      )
    })
  }

  #configure(): void {
    const files = this.#files
    const { directory, file, lineOf } = this.#kustomization
    for (const [field, read] of [
      ['configurations', readConfiguration],
      ['crds', fieldsOfCrds],
    ] as const) {
      textsOf(this.#fields[field]).forEach((path, at) => {
        const added = atEntry(file, lineOf(`${field}[${at}]`), () => read(files, resolvePath(directory, path)))
        for (const config of added) this.#into.config = mergeFields(this.#into.config, config)
      })
    }
  }

  #generate(): void {
    const shared = mapOf(this.#fields['generatorOptions'])
    for (const [field, kind] of [
      ['configMapGenerator', 'ConfigMap'],
      ['secretGenerator', 'Secret'],
    ] as const) {
      mapsOf(this.#fields[field]).forEach((args, at) => {
        const source = this.#made(`${field}[${at}]`, field)
        atEntry(source.file, source.line, () => {
          const made = generate(kind, args, shared, this.#files, this.#kustomization.directory, source)
          this.#into.objects.absorb(made, mergeGenerated)
        })
      })
    }
    mapsOf(this.#fields['helmCharts']).forEach((chart, at) => this.#renderChart(chart, `helmCharts[${at}]`))
    this.#runPlugins('generators')
  }

  #made(place: string, generator: string): Resource['source'] {
    const { file, lineOf } = this.#kustomization
    return { file, start: 0, end: 0, line: lineOf(place), directories: this.#directories, generator }
  }

  #renderChart(chart: ValueMap, place: string): void {
    const { renderChart } = this.#context
    const { file, directory, lineOf } = this.#kustomization
    const source = this.#made(place, 'helmCharts')
    if (renderChart === undefined) {
      throw new BuildError('helmCharts: charts are not rendered in this build', file, lineOf(place))
    }
    const request = chartOf(chart, mapOf(this.#fields['helmGlobals']), directory, this.#files, file, lineOf(place))
    const objects = readResources(renderChart(request), request.directory, this.#directories)
    for (const each of objects) each.source = source
    this.#into.objects.addAll(objects)
  }

  #patchContext(): PatchContext {
    const { matcher, budget } = this.#context
    return {
      files: this.#files,
      matcher,
      budget,
      shapes: this.#context.schema.shapes,
      kustomization: this.#kustomization,
    }
  }

  #runPlugins(field: 'generators' | 'transformers' | 'validators'): void {
    const entries = textsOf(this.#fields[field])
    if (entries.length === 0) return
    runPlugins(field, entries, {
      into: this.#into,
      patching: this.#patchContext(),
      made: (generator) => this.#made(field, generator),
      build: (directory) => this.#below(directory, directory).objects.resources,
      renderChart: (chart) => this.#renderChart(chart, field),
    })
  }

  #addVariables(): void {
    const { file, lineOf } = this.#kustomization
    const { objects, variables } = this.#into
    mapsOf(this.#fields['vars']).forEach((entry, at) => {
      const variable = variableOf(entry, file, lineOf(`vars[${at}]`))
      if (variables.some(({ name }) => name === variable.name)) alreadyEncountered(variable)
      this.#context.budget.spend(objects.resources.length)
      assignVariable(variable, objects.resources)
      variables.push(variable)
    })
  }

  /** A variable of a base; the same one may come by several ways. */
  #takeVariable(variable: Variable): void {
    const { variables } = this.#into
    const present = variables.find(({ name }) => name === variable.name)
    if (present === undefined) variables.push(variable)
    else if (!isSameVariable(present, variable)) alreadyEncountered(variable)
  }
}

function alreadyEncountered({ name, file, line }: Variable): never {
  throw new BuildError(`var '${name}' already encountered`, file, line)
}

/** Does something; a failure says what was being done. */
function within<T>(doing: string, run: () => T, say = (message: string): string => message): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    throw new BuildError(`${doing}: ${say(error.message)}`, error.file, error.line)
  }
}

/** As above, with the failure in quotes, as kustomize writes those of components. */
function quoted<T>(doing: string, run: () => T): T {
  return within(doing, run, (message) => JSON.stringify(message))
}
