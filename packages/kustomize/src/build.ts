/** `kustomize build`: a kustomization to its objects. */
import { writeAsJson, type MappingNode } from '@kubescape/yaml'

import { accumulate } from './accumulate.ts'
import { normalize, type FileSystem } from './file-system.ts'
import type { ChartRequest } from './generators/chart-request.ts'
import { atEntry } from './problem.ts'
import { Budget, DEFAULT_LIMITS, type BuildLimits } from './limits.ts'
import { Paths } from './nodes/steps.ts'
import { readKustomization } from './kustomization/kustomization.ts'
import { asMapping, asText, get, remove, textNode } from './nodes/node.ts'
import { inOrder } from './resources/order.ts'
import type { Change, ObjectSource, Resource } from './resources/resource.ts'
import type { Matcher } from './resources/selector.ts'
import { simpleMatcher } from './resources/simple-matcher.ts'
import { addHashes } from './transformers/hash.ts'
import { fixReferences } from './transformers/name-references.ts'
import { resolveVariables } from './transformers/variables.ts'
import { addBuildMetadata } from './transformers/build-metadata.ts'

/** How a kustomization is built. */
export interface BuildOptions {
  /** Renders charts of `helmCharts` to their manifests; without it they are refused. */
  readonly renderChart?: (request: ChartRequest) => string
  /** Brings what lies elsewhere, and gives its path; without it that is refused. */
  readonly bring?: (url: string) => string
  /** Kustomizations may read no files above their folders, as `kubectl kustomize` has it by default; folders they may. */
  readonly isRestricted?: boolean
  /** How patterns of selectors are matched with whole texts; by default only simple ones are understood. */
  readonly matcher?: Matcher
  readonly limits?: Partial<BuildLimits>
}

/** An object of a build. */
export interface BuiltObject {
  readonly node: MappingNode
  /** As it is written: YAML without `---`. */
  readonly text: string
  readonly source: ObjectSource
  /** What has changed it, in order. */
  readonly changes: readonly Change[]
}

/** What a build gives. */
export interface BuildResult {
  readonly objects: readonly BuiltObject[]
  /** All objects, separated by `---`. */
  readonly output: string
  /** What kustomize would say on the way. */
  readonly warnings: readonly string[]
  /** Every file that was read. */
  readonly inputs: ReadonlySet<string>
}

const LOCAL = 'config.kubernetes.io/local-config'

/**
 * Builds the kustomization of a directory.
 * @throws {BuildError} when it cannot be built, with kustomize's words
 */
export async function build(files: FileSystem, directory: string, options: BuildOptions = {}): Promise<BuildResult> {
  const inputs = new Set<string>()
  const watched: FileSystem = {
    kind: (path) => files.kind(path),
    read: (path) => {
      const text = files.read(path)
      if (text !== undefined) inputs.add(path)
      return text
    },
  }
  const warnings = new Set<string>()
  const budget = new Budget({ ...DEFAULT_LIMITS, ...options.limits })
  const folder = normalize(directory)
  const { objects, config, variables } = accumulate(folder, {
    files: watched,
    isRestricted: options.isRestricted === true,
    matcher: options.matcher ?? simpleMatcher,
    renderChart: options.renderChart,
    bring: options.bring,
    budget,
    warnings,
    schema: {},
  })
  await addHashes(objects.resources)
  fixReferences(objects.resources, config.nameReference)
  resolveVariables(objects.resources, variables, config.varReference, budget)
  objects.drop(isLocal)
  const { fields, file, lineOf } = readKustomization(watched, folder)
  addBuildMetadata(objects.resources, fields['buildMetadata'], folder)
  const ordered = atEntry(file, lineOf('sortOptions'), () => inOrder(objects.resources, fields['sortOptions']))
  let length = 0
  const built = ordered.map((resource) => {
    const object = builtObject(resource)
    length += object.text.length
    budget.allowOutput(length)
    return object
  })
  return { objects: built, output: built.map(({ text }) => text).join('---\n'), warnings: [...warnings], inputs }
}

function builtObject({ node, source, changes }: Resource): BuiltObject {
  writeAnnotations(node)
  const paths = new Paths(node)
  const closed = changes.map(({ ways, ...change }) => ({ ...change, paths: ways.map((way) => paths.of(way)) }))
  return { node, text: writeAsJson(node), source, changes: closed }
}

/** kustomize writes the annotations of every object anew: as texts whatever they were, and none where there are none. */
function writeAnnotations(node: MappingNode): void {
  const metadata = asMapping(get(node, 'metadata'))
  const annotations = get(metadata, 'annotations')
  if (metadata === undefined || annotations === undefined) return
  const entries = annotations.type === 'mapping' ? annotations.entries : []
  for (const entry of entries) entry.value = textNode(asText(entry.value) ?? '')
  if (entries.length === 0) remove(metadata, 'annotations')
}

/** Objects that are there for tools alone. */
function isLocal(resource: Resource): boolean {
  const mark = get(resource.metadataMap('annotations'), LOCAL)
  return mark !== undefined && asText(mark) !== 'false'
}
