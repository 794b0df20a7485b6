/** The patches of a kustomization: which objects they are for, and what they do to them. */
import { readDocument, readNodes, type MappingNode, type Value, type ValueMap } from '@kubescape/yaml'

import { resolvePath, type FileSystem } from '../file-system.ts'
import { listOf, mapOf, mapsOf, textOf, textsOf, type Kustomization } from '../kustomization/kustomization.ts'
import { asMapping, asText, clone, get, getPath, isNull, set, textNode } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { idOf, idText, isSame, type ResourceId } from '../resources/identity.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { Resource } from '../resources/resource.ts'
import { selectorOf, type Matcher } from '../resources/selector.ts'
import { applyJsonPatch, changedPaths, PatchError } from './json-patch.ts'
import { shapeOf, type Shape } from './merge-keys.ts'
import { mergeStrategically } from './strategic-merge.ts'

/** What patches are read with. */
export interface PatchContext {
  readonly files: FileSystem
  readonly kustomization: Kustomization
  readonly matcher: Matcher
  readonly shapes: ReadonlyMap<string, Shape>
}

/** A patch with its place. */
interface Written {
  readonly text: string
  readonly file: string
  readonly line: number
}

interface PatchOptions {
  readonly allowNameChange: boolean
  readonly allowKindChange: boolean
}

const NO_OPTIONS: PatchOptions = { allowNameChange: false, allowKindChange: false }

/** Applies `patchesStrategicMerge` and `patches`, in this order. */
export function applyPatches(objects: ResourceSet, context: PatchContext): void {
  const { fields } = context.kustomization
  textsOf(fields['patchesStrategicMerge']).forEach((patch, at) => {
    const written = isInline(patch)
      ? inline(patch, `patchesStrategicMerge[${at}]`, context)
      : fromFile(patch, `patchesStrategicMerge[${at}]`, context)
    for (const node of objectsIn(written)) mergeOne(objects, node, written, NO_OPTIONS, context)
  })
  mapsOf(fields['patches']).forEach((entry, at) => applyEntry(objects, entry, `patches[${at}]`, context))
}

/** Applies `patchesJson6902`. */
export function applyJsonPatches(objects: ResourceSet, context: PatchContext): void {
  mapsOf(context.kustomization.fields['patchesJson6902']).forEach((entry, at) =>
    applyEntry(objects, entry, `patchesJson6902[${at}]`, context),
  )
}

/** One entry of `patches` or `patchesJson6902`, or the arguments of a transformer. */
export function applyEntry(objects: ResourceSet, entry: ValueMap, place: string, context: PatchContext): void {
  const { file } = context.kustomization
  const [path, text] = [textOf(entry['path']), textOf(entry['patch']) || textOf(entry['jsonOp'])]
  if (path === '' && text === '') throw new BuildError('must specify one of patch and path in patches', file)
  if (path !== '' && text !== '') throw new BuildError("patch and path can't be set at the same time", file)
  const written = path === '' ? inline(text, place, context) : fromFile(path, place, context)
  const given = mapOf(entry['options'])
  const options = {
    allowNameChange: given['allowNameChange'] === true,
    allowKindChange: given['allowKindChange'] === true,
  }
  const target = entry['target']
  const operations = operationsOf(written)
  if (operations !== undefined) {
    if (target === undefined || target === null)
      throw new BuildError('must specify a target for JSON patch', written.file, written.line)
    for (const resource of targets(objects, mapOf(target), context)) {
      patchJson(resource, operations, written, options)
    }
    return
  }
  for (const node of objectsIn(written)) {
    if (target === undefined || target === null) {
      mergeOne(objects, node, written, options, context)
      continue
    }
    for (const resource of targets(objects, mapOf(target), context)) {
      mergeInto(objects, resource, node, written, options, context)
    }
  }
}

function targets(
  objects: ResourceSet,
  target: ValueMap,
  { kustomization, matcher }: PatchContext,
): readonly Resource[] {
  return objects.resources.filter(selectorOf(target, matcher, kustomization.file))
}

function onlyOne(objects: ResourceSet, id: ResourceId, file: string, line?: number): Resource {
  const found = objects.called(id)
  const [first] = found
  if (first === undefined || found.length > 1) {
    const what = found.length > 1 ? 'multiple matches' : 'no matches'
    throw new BuildError(
      `${what} for Id ${idText(id)}; failed to find unique target for patch ${idText(id)}`,
      file,
      line,
    )
  }
  return first
}

function isInline(patch: string): boolean {
  return patch.includes('\n') || /^\s*[{[]/.test(patch)
}

function inline(text: string, place: string, { kustomization }: PatchContext): Written {
  return { text, file: kustomization.file, line: kustomization.lineOf(place) }
}

function fromFile(path: string, place: string, { files, kustomization }: PatchContext): Written {
  const file = resolvePath(kustomization.directory, path)
  const text = files.read(file)
  if (text === undefined) {
    throw new BuildError(`${path} cannot be read`, kustomization.file, kustomization.lineOf(place))
  }
  return { text, file, line: 1 }
}

/** The operations of a JSON patch; undefined for a patch that is written like an object. */
function operationsOf({ text, file, line }: Written): readonly Value[] | undefined {
  if (!/^\s*(?:#[^\n]*\n\s*|---[^\n]*\n\s*)*(?:\[|-[ \n])/.test(text)) return undefined
  const { value, problems } = readDocument(text, { start: 0, end: text.length, line: 1 })
  if (value === undefined) throw new BuildError(`unable to parse patch: ${problems[0]?.message ?? ''}`, file, line)
  return Array.isArray(value) ? listOf(value) : undefined
}

function objectsIn({ text, file, line }: Written): MappingNode[] {
  const { nodes, problems } = readNodes(text)
  const [problem] = problems
  if (problem !== undefined && nodes.length === 0) {
    throw new BuildError(
      `unable to parse SM or JSON patch from [${file}]: ${problem.message}`,
      file,
      problem.line ?? line,
    )
  }
  return nodes.flatMap((node) => {
    if (isNull(node)) return []
    const object = asMapping(node)
    if (object === undefined) throw new BuildError('a patch is neither an object nor a list of operations', file, line)
    return [object]
  })
}

function patchJson(resource: Resource, operations: readonly Value[], written: Written, options: PatchOptions): void {
  const { name, namespace, kind } = resource.id
  if (options.allowNameChange || options.allowKindChange) resource.remember()
  try {
    const patched = asMapping(applyJsonPatch(resource.node, operations))
    if (patched === undefined) throw new PatchError('the patch leaves no object')
    if (patched !== resource.node) resource.node.entries.splice(0, resource.node.entries.length, ...patched.entries)
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    throw new BuildError(error.message, written.file, written.line)
  }
  // A JSON patch may rename what it likes; what it was called counts for references.
  if (resource.id.name !== name || resource.id.namespace !== namespace || resource.id.kind !== kind) {
    const last = resource.previous.at(-1)
    if (last?.name !== name) resource.previous.push({ ...resource.id, name, namespace, kind })
  }
  resource.changes.push({ file: written.file, line: written.line, by: 'patch', paths: changedPaths(operations) })
}

function mergeOne(
  objects: ResourceSet,
  node: MappingNode,
  written: Written,
  options: PatchOptions,
  context: PatchContext,
): void {
  const id = idOf(node)
  if (id.kind === '' || id.name === '') {
    throw new BuildError(
      'a strategic merge patch needs kind and metadata.name, or a target',
      written.file,
      written.line,
    )
  }
  mergeInto(objects, onlyOne(objects, id, written.file, written.line), node, written, options, context)
}

function mergeInto(
  objects: ResourceSet,
  resource: Resource,
  patch: MappingNode,
  written: Written,
  options: PatchOptions,
  { shapes }: PatchContext,
): void {
  const { id } = resource
  if (options.allowNameChange || options.allowKindChange) resource.remember()
  const merged = mergeStrategically(resource.node, clone(patch), shapeOf(id.kind, id.group, shapes))
  if (merged === undefined) {
    objects.drop((each) => each === resource)
    return
  }
  if (merged !== resource.node) resource.node.entries.splice(0, resource.node.entries.length, ...merged.entries)
  if (!options.allowKindChange) set(resource.node, 'kind', textNode(id.kind))
  if (!options.allowNameChange) resource.setName(id.name)
  if (id.namespace !== '') resource.setNamespace(id.namespace)
  else if (getPath(resource.node, 'metadata', 'namespace') !== undefined && !isSame(resource.id, id)) {
    const metadata = asMapping(get(resource.node, 'metadata'))
    const at = metadata?.entries.findIndex(({ key }) => key.text === 'namespace') ?? -1
    if (at >= 0) metadata?.entries.splice(at, 1)
  }
  resource.changes.push({ file: written.file, line: written.line, by: 'patch', paths: leaves(patch) })
}

/** The fields that a patch holds, without what only says whom it is for. */
function leaves(patch: MappingNode): string[] {
  const paths: string[] = []
  const walk = (node: MappingNode['entries'][number]['value'], path: string): void => {
    if (node.type === 'mapping' && node.entries.length > 0) {
      for (const { key, value } of node.entries) {
        if (!key.text.startsWith('$')) walk(value, path === '' ? key.text : `${path}.${key.text}`)
      }
    } else if (node.type === 'sequence' && node.items.length > 0) {
      node.items.forEach((item, at) => {
        const name = item.type === 'mapping' ? asText(get(item, 'name')) : undefined
        walk(item, name === undefined ? `${path}[${at}]` : `${path}[name=${name}]`)
      })
    } else paths.push(path)
  }
  walk(patch, '')
  return paths.filter((path) => !['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'].includes(path))
}
