/** `generators`, `transformers` and `validators`: kustomize's own ones, set up by files. */
import { isValueMap, readDocument, type ValueMap } from '@kubescape/yaml'

import type { Accumulated } from '../accumulate.ts'
import { resolvePath } from '../file-system.ts'
import { generate, mergeGenerated } from '../generators/generate.ts'
import { specOf } from '../kustomization/field-config.ts'
import { mapOf, mapsOf, textOf, textsOf } from '../kustomization/kustomization.ts'
import { jsonOf } from '../nodes/value.ts'
import { applyEntry, type PatchContext } from '../patches/apply-patch.ts'
import { atEntry, BuildError } from '../problem.ts'
import { readResources } from '../resources/read-resources.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { changer } from '../transform.ts'
import type { FieldSpec } from './field-spec.ts'
import { addHashSuffix } from './hash.ts'
import { changeImages, imageChange } from './images.ts'
import { addEntries } from './metadata.ts'
import { affixNames, setNamespaces, type SubjectMode } from './names.ts'
import { replace } from './replacements.ts'
import { setReplicas } from './replicas.ts'

/** What plugins work on. */
export interface PluginContext {
  readonly into: Accumulated
  readonly patching: PatchContext
  readonly made: (generator: string) => Resource['source']
  /** The objects of another kustomization, which set plugins up. */
  readonly build: (directory: string) => readonly Resource[]
  readonly renderChart: (chart: ValueMap) => void
}

type Field = 'generators' | 'transformers' | 'validators'
type Plugin = (args: ValueMap, context: PluginContext, kind: string) => void

/** Runs everything that the entries set up. */
export function runPlugins(field: Field, entries: readonly string[], context: PluginContext): void {
  const { file, lineOf } = context.patching.kustomization
  entries.forEach((entry, at) => {
    atEntry(file, lineOf(`${field}[${at}]`), () => runEntry(field, entry, context))
  })
}

function runEntry(field: Field, entry: string, context: PluginContext): void {
  const known = field === 'generators' ? GENERATORS : field === 'transformers' ? TRANSFORMERS : {}
  const before = field === 'generators' ? 'loading generator plugins: failed to load generator: ' : ''
  for (const args of argumentsOf(entry, context)) {
    const kind = textOf(args['kind'])
    const plugin = Object.hasOwn(known, kind) ? known[kind] : undefined
    if (plugin === undefined || textOf(args['apiVersion']) !== 'builtin') {
      throw new BuildError(`${before}external plugins disabled; unable to load external plugin '${kind}'`)
    }
    plugin(args, context, kind)
  }
}

/** The objects that set plugins up: written in the entry, in the file that it names, or in a kustomization. */
function argumentsOf(entry: string, { patching, build }: PluginContext): ValueMap[] {
  const { kustomization, files } = patching
  const path = resolvePath(kustomization.directory, entry)
  const isInline = entry.includes('\n')
  const objects =
    !isInline && files.kind(path) === 'directory'
      ? build(path)
      : readResources(isInline ? entry : textAt(path, entry, patching), isInline ? kustomization.file : path, [])
  return objects.flatMap(({ node }) => {
    const text = jsonOf(node)
    const { value } = readDocument(text, { start: 0, end: text.length, line: 1 })
    return isValueMap(value) ? [value] : []
  })
}

function textAt(path: string, entry: string, { files, kustomization }: PatchContext): string {
  const text = files.read(path)
  if (text === undefined) throw new BuildError(`${entry} cannot be read`, kustomization.file)
  return text
}

const GENERATORS: Readonly<Record<string, Plugin>> = {
  ConfigMapGenerator: generateData('ConfigMap'),
  SecretGenerator: generateData('Secret'),
  HelmChartInflationGenerator: (args, { renderChart }) => renderChart(args),
}

function generateData(kind: 'ConfigMap' | 'Secret'): Plugin {
  return (args, { into, patching: { files, kustomization }, made }) => {
    const { name, namespace } = mapOf(args['metadata'])
    const own: ValueMap = {
      ...args,
      name: textOf(name),
      ...(textOf(namespace) === '' ? {} : { namespace: textOf(namespace) }),
    }
    const source = made(kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator')
    into.objects.absorb(generate(kind, own, {}, files, kustomization.directory, source), mergeGenerated)
  }
}

const TRANSFORMERS: Readonly<Record<string, Plugin>> = {
  AnnotationsTransformer: (args, context) => {
    record(
      context,
      'annotations',
      addEntries(resourcesOf(context), mapOf(args['annotations']), specsOf(args), context.patching.budget),
    )
  },
  LabelTransformer: (args, context) => {
    const { budget } = context.patching
    record(context, 'labels', addEntries(resourcesOf(context), mapOf(args['labels']), specsOf(args), budget))
  },
  NamespaceTransformer: (args, context) => {
    const namespace = textOf(mapOf(args['metadata'])['namespace'])
    const options = {
      specs: specsOf(args).filter(({ path }) => path !== 'subjects'),
      subjects: (textOf(args['setRoleBindingSubjects']) || 'defaultOnly') as SubjectMode,
      unsetOnly: args['unsetOnly'] === true,
    }
    record(context, 'namespace', setNamespaces(context.into.objects, namespace, options))
  },
  PrefixTransformer: (args, context) => {
    record(context, 'namePrefix', affixNames(context.into.objects, textOf(args['prefix']), '', specsOf(args)))
  },
  SuffixTransformer: (args, context) => {
    record(context, 'nameSuffix', affixNames(context.into.objects, '', textOf(args['suffix']), specsOf(args)))
  },
  PrefixSuffixTransformer: (args, context) => {
    const [prefix, suffix] = [textOf(args['prefix']), textOf(args['suffix'])]
    record(context, 'namePrefix', affixNames(context.into.objects, prefix, suffix, specsOf(args)))
  },
  ImageTagTransformer: (args, context) => {
    const change = imageChange(mapOf(args['imageTag']))
    record(context, 'images', changeImages(resourcesOf(context), change, specsOf(args)))
  },
  ReplicaCountTransformer: (args, context) => {
    const { name, count } = mapOf(args['replica'])
    record(context, 'replicas', setReplicas(resourcesOf(context), textOf(name), textOf(count), specsOf(args)))
  },
  PatchTransformer: (args, { into, patching }) => applyEntry(into.objects, args, 'transformers', patching),
  PatchStrategicMergeTransformer: (args, { into, patching }) => {
    for (const path of textsOf(args['paths'])) applyEntry(into.objects, { path }, 'transformers', patching)
    const patches = textOf(args['patches'])
    if (patches !== '') applyEntry(into.objects, { patch: patches }, 'transformers', patching)
  },
  PatchJson6902Transformer: (args, { into, patching }) => applyEntry(into.objects, args, 'transformers', patching),
  ReplacementTransformer: (args, context) => {
    for (const entry of mapsOf(args['replacements'])) record(context, 'replacements', replaceIn(context, entry))
  },
  HashTransformer: (_, { into }) => addHashSuffix(into.objects.resources),
  ValueAddTransformer: (args, context) => {
    const value = textOf(args['value'])
    for (const target of mapsOf(args['targets'])) {
      const selector = target['selector']
      const paths = textOf(target['fieldPath'])
      if (!isValueMap(selector) || paths === '') continue
      const replacement: ValueMap = {
        sourceValue: value,
        targets: [{ select: selector, fieldPaths: [paths.replaceAll('/', '.')], options: { create: true } }],
      }
      record(context, 'transformers', replaceIn(context, replacement))
    }
  },
}

function resourcesOf({ into }: PluginContext): readonly Resource[] {
  return into.objects.resources
}

/** Fields of a plugin; nothing where it names none. */
function specsOf(args: ValueMap): readonly FieldSpec[] {
  return mapsOf(args['fieldSpecs']).map(specOf)
}

function replaceIn(context: PluginContext, replacement: ValueMap): readonly Changed[] {
  const { matcher, budget, kustomization } = context.patching
  return replace(resourcesOf(context), replacement, { matcher, budget, file: kustomization.file })
}

function record({ patching: { kustomization } }: PluginContext, by: string, changed: readonly Changed[]): void {
  changer(kustomization)(by, () => changed, 'transformers')
}
