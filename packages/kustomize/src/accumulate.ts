/** One kustomization after the other: what it names, what it makes, what it changes. */
import type { Value, ValueMap } from '@kubescape/yaml'

import { isRemote, isWithin, normalize, resolvePath, type FileSystem } from './file-system.ts'
import { generate, mergeGenerated } from './generators/generate.ts'
import { chartOf, type ChartRequest } from './generators/chart-request.ts'
import {
  DEFAULT_FIELDS,
  fieldsOfCrds,
  mergeFields,
  readConfigurations,
  readValue,
  specOf,
  type FieldConfig,
} from './kustomization/field-config.ts'
import {
  kustomizationFile,
  mapOf,
  mapsOf,
  readKustomization,
  textOf,
  textsOf,
  type Kustomization,
} from './kustomization/kustomization.ts'
import { readSchema } from './kustomization/openapi.ts'
import { applyJsonPatches, applyPatches, type PatchContext } from './patches/apply-patch.ts'
import type { Shape } from './patches/merge-keys.ts'
import { BuildError } from './problem.ts'
import { readResources } from './resources/read-resources.ts'
import { ResourceSet } from './resources/resource-set.ts'
import type { Resource } from './resources/resource.ts'
import type { Matcher } from './resources/selector.ts'
import { runPlugins } from './transformers/plugins.ts'
import { OBJECT_LABELS } from './transformers/default-fields.ts'
import { changeImages, imageChange } from './transformers/images.ts'
import { addEntries } from './transformers/metadata.ts'
import { affixNames, setNamespaces } from './transformers/names.ts'
import { replace } from './transformers/replacements.ts'
import { setReplicas } from './transformers/replicas.ts'
import { variableOf, type Variable } from './transformers/variables.ts'

/** What a build is given. */
export interface BuildContext {
  readonly files: FileSystem
  readonly matcher: Matcher
  /** Renders a chart to its manifests; undefined where charts are not rendered. */
  readonly renderChart: ((request: ChartRequest) => string) | undefined
  /** Brings a base from somewhere else; gives the folder or file. Undefined where nothing is fetched. */
  readonly bring: ((url: string) => string) | undefined
  readonly limits: BuildLimits
  readonly warnings: Set<string>
}

/** How much a build may take. */
export interface BuildLimits {
  /** Kustomizations within each other. */
  readonly depth: number
  /** Objects of all kustomizations together. */
  readonly objects: number
}

/** What one kustomization comes to. */
export interface Accumulated {
  readonly objects: ResourceSet
  config: FieldConfig
  readonly variables: Variable[]
  readonly shapes: Map<string, Shape>
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
  if (above.length >= context.limits.depth)
    throw new BuildError(`kustomizations nest more than ${context.limits.depth} deep`)
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
    shapes: new Map(),
  }
  new Target(kustomization, context, above, target).run()
  return target
}

class Target {
  readonly #kustomization: Kustomization
  readonly #fields: ValueMap
  readonly #context: BuildContext
  readonly #above: readonly string[]
  readonly #into: Accumulated

  constructor(kustomization: Kustomization, context: BuildContext, above: readonly string[], into: Accumulated) {
    this.#kustomization = kustomization
    this.#fields = kustomization.fields
    this.#context = context
    this.#above = above
    this.#into = into
  }

  run(): void {
    this.#addResources()
    this.#configure()
    this.#generate()
    for (const path of textsOf(this.#fields['components'])) this.#addComponent(path)
    this.#transform()
    this.#addVariables()
    if (this.#into.objects.resources.length > this.#context.limits.objects) {
      throw new BuildError(`more than ${this.#context.limits.objects} objects`, this.#kustomization.file)
    }
  }

  get #directories(): readonly string[] {
    return [this.#kustomization.directory, ...this.#above.toReversed()]
  }

  #addResources(): void {
    textsOf(this.#fields['resources']).forEach((path, at) => {
      const line = this.#kustomization.lineOf(`resources[${at}]`)
      const place = this.#placeOf(path, line)
      const { files } = this.#context
      const kind = files.kind(place)
      if (kind === 'directory') {
        this.#merge(this.#below(place, path, line))
        return
      }
      const text = kind === 'file' ? files.read(place) : undefined
      if (text === undefined) {
        throw new BuildError(
          `accumulating resources: accumulation err='accumulating resources from '${path}': no such file or directory`,
          this.#kustomization.file,
          line,
        )
      }
      this.#into.objects.addAll(readResources(text, place, this.#directories))
    })
  }

  /** Where a path of the kustomization leads; what is elsewhere is fetched only where somebody allows it. */
  #placeOf(path: string, line: number): string {
    const place = resolvePath(this.#kustomization.directory, path)
    if (!isRemote(path) || this.#context.files.kind(place) !== undefined) return place
    const { bring } = this.#context
    if (bring === undefined) {
      throw new BuildError(
        `${path} is fetched from somewhere else, which a build does not do unasked`,
        this.#kustomization.file,
        line,
      )
    }
    return normalize(bring(path))
  }

  #below(directory: string, path: string, line: number): Accumulated {
    try {
      return accumulate(directory, this.#context, [...this.#above, this.#kustomization.directory])
    } catch (error) {
      if (!(error instanceof BuildError)) throw error
      throw new BuildError(
        `accumulating resources from '${path}': ${error.message}`,
        error.file ?? this.#kustomization.file,
        error.file === undefined ? line : error.line,
      )
    }
  }

  #merge({ objects, config, variables, shapes }: Accumulated): void {
    this.#into.objects.addAll(objects.resources)
    this.#into.config = mergeFields(this.#into.config, config)
    for (const [kind, shape] of shapes) this.#into.shapes.set(kind, shape)
    for (const variable of variables) this.#addVariable(variable)
  }

  #addComponent(path: string): void {
    const place = this.#placeOf(path, 1)
    const file = kustomizationFile(this.#context.files, place)
    if (file !== undefined && !readKustomization(this.#context.files, place).isComponent) {
      throw new BuildError(
        `accumulating components: expected kind 'Component' for path '${path}' but got 'Kustomization'`,
        file,
        1,
      )
    }
    try {
      accumulate(place, this.#context, [...this.#above, this.#kustomization.directory], this.#into)
    } catch (error) {
      if (!(error instanceof BuildError)) throw error
      throw new BuildError(`accumulating components: ${error.message}`, error.file, error.line)
    }
  }

  #configure(): void {
    const { files } = this.#context
    const { directory } = this.#kustomization
    const added = [
      ...readConfigurations(files, directory, textsOf(this.#fields['configurations'])),
      ...fieldsOfCrds(files, directory, textsOf(this.#fields['crds'])),
    ]
    for (const config of added) this.#into.config = mergeFields(this.#into.config, config)
    const schema = textOf(mapOf(this.#fields['openapi'])['path'])
    if (schema !== '') {
      for (const [kind, shape] of readSchema(files, resolvePath(directory, schema))) this.#into.shapes.set(kind, shape)
    }
  }

  #generate(): void {
    const shared = mapOf(this.#fields['generatorOptions'])
    const made: Resource[] = []
    for (const [field, kind] of [
      ['configMapGenerator', 'ConfigMap'],
      ['secretGenerator', 'Secret'],
    ] as const) {
      mapsOf(this.#fields[field]).forEach((args, at) => {
        const source = this.#made(`${field}[${at}]`, field)
        made.push(generate(kind, args, shared, this.#context.files, this.#kustomization.directory, source))
      })
    }
    this.#into.objects.absorb(made, mergeGenerated)
    mapsOf(this.#fields['helmCharts']).forEach((chart, at) => this.#renderChart(chart, `helmCharts[${at}]`))
    this.#runPlugins('generators')
  }

  #made(place: string, generator: string): Resource['source'] {
    const { file, lineOf } = this.#kustomization
    return { file, start: 0, end: 0, line: lineOf(place), directories: this.#directories, generator }
  }

  #renderChart(chart: ValueMap, place: string): void {
    const { renderChart, files } = this.#context
    const { file, directory, lineOf } = this.#kustomization
    const source = this.#made(place, 'helmCharts')
    if (renderChart === undefined) {
      throw new BuildError('helmCharts: charts are not rendered in this build', file, lineOf(place))
    }
    const request = chartOf(chart, mapOf(this.#fields['helmGlobals']), directory, files, file, lineOf(place))
    const objects = readResources(renderChart(request), request.directory, this.#directories)
    for (const each of objects) each.source = source
    this.#into.objects.addAll(objects)
  }

  #transform(): void {
    const { objects, shapes } = this.#into
    const { file, lineOf } = this.#kustomization
    const config = this.#into.config
    const fields = this.#fields
    const change = (by: string, paths: readonly string[], changed: readonly Resource[], place = by): void => {
      const entry = { file, line: lineOf(place), by, paths }
      for (const resource of changed) resource.changes.push(entry)
    }
    applyPatches(objects, this.#patchContext(shapes))
    change(
      'namespace',
      ['metadata.namespace'],
      setNamespaces(objects, textOf(fields['namespace']), { specs: config.namespace }),
    )
    change('namePrefix', ['metadata.name'], affixNames(objects, textOf(fields['namePrefix']), '', config.namePrefix))
    change('nameSuffix', ['metadata.name'], affixNames(objects, '', textOf(fields['nameSuffix']), config.nameSuffix))
    mapsOf(fields['labels']).forEach((entry, at) => {
      const own = mapsOf(entry['fields']).map(specOf)
      const isEverywhere = entry['includeSelectors'] === true
      const specs = isEverywhere
        ? [...config.commonLabels, ...own]
        : [...OBJECT_LABELS, ...(entry['includeTemplates'] === true ? config.templateLabels : []), ...own]
      const pairs = mapOf(entry['pairs'])
      change('labels', labelPaths(pairs), addEntries(objects.resources, pairs, specs), `labels[${at}]`)
    })
    const common = mapOf(fields['commonLabels'])
    change('commonLabels', labelPaths(common), addEntries(objects.resources, common, config.commonLabels))
    const notes = mapOf(fields['commonAnnotations'])
    change(
      'commonAnnotations',
      ['metadata.annotations'],
      addEntries(objects.resources, notes, config.commonAnnotations),
    )
    applyJsonPatches(objects, this.#patchContext(shapes))
    mapsOf(fields['replicas']).forEach((entry, at) => {
      const [name, count] = [textOf(entry['name']), textOf(entry['count']) || '0']
      const changed = setReplicas(objects.resources, name, count, config.replicas)
      if (changed.length === 0) {
        throw new BuildError(
          `resource with name ${name} does not match a config with the following GVK`,
          file,
          lineOf(`replicas[${at}]`),
        )
      }
      change('replicas', ['spec.replicas'], changed, `replicas[${at}]`)
    })
    mapsOf(fields['images']).forEach((entry, at) => {
      change('images', ['image'], changeImages(objects.resources, imageChange(entry), config.images), `images[${at}]`)
    })
    this.#replace()
    this.#runPlugins('transformers')
    this.#runPlugins('validators')
  }

  #patchContext(shapes: ReadonlyMap<string, Shape>): PatchContext {
    const { files, matcher } = this.#context
    return { files, matcher, shapes, kustomization: this.#kustomization }
  }

  #replace(): void {
    const { file, lineOf, directory } = this.#kustomization
    const { files, matcher } = this.#context
    mapsOf(this.#fields['replacements']).forEach((entry, at) => {
      for (const one of replacementsOf(entry, files, directory)) {
        for (const { resource, path } of replace(this.#into.objects.resources, one, matcher, file)) {
          resource.changes.push({ file, line: lineOf(`replacements[${at}]`), by: 'replacements', paths: [path] })
        }
      }
    })
  }

  #runPlugins(field: 'generators' | 'transformers' | 'validators'): void {
    const entries = textsOf(this.#fields[field])
    if (entries.length === 0) return
    runPlugins(field, entries, {
      into: this.#into,
      patching: this.#patchContext(this.#into.shapes),
      made: (generator) => this.#made(field, generator),
      build: (directory) => this.#below(directory, directory, 1).objects.resources,
      renderChart: (chart) => this.#renderChart(chart, field),
    })
  }

  #addVariables(): void {
    for (const entry of mapsOf(this.#fields['vars'])) this.#addVariable(variableOf(entry, this.#kustomization.file))
  }

  #addVariable(variable: Variable): void {
    const present = this.#into.variables.find(({ name }) => name === variable.name)
    if (present !== undefined && JSON.stringify(present) !== JSON.stringify(variable)) {
      throw new BuildError(`var '${variable.name}' already encountered`, variable.file)
    }
    if (present === undefined) this.#into.variables.push(variable)
  }
}

function labelPaths(pairs: ValueMap): string[] {
  return Object.keys(pairs).map((key) => `metadata.labels.${key}`)
}

/** An entry of `replacements`, or those of the file that it names. */
function replacementsOf(entry: ValueMap, files: FileSystem, directory: string): readonly ValueMap[] {
  const path = textOf(entry['path'])
  if (path === '') return [entry]
  const value: Value = readValue(files, resolvePath(directory, path))
  return Array.isArray(value) ? mapsOf(value) : [mapOf(value)]
}
