/** The patches of a kustomization: which objects they are for, and what they do to them. */
import {
  isValueMap,
  readDocument,
  readNodes,
  type MappingNode,
  type Value,
  type ValueMap,
  type YamlNode,
} from '@kubescape/yaml'

import type { Budget } from '../limits.ts'
import { resolvePath, type FileSystem } from '../file-system.ts'
import { listOf, mapOf, mapsOf, textOf, textsOf, type Kustomization } from '../kustomization/kustomization.ts'
import { asList, asMapping, asText, clone, get, isNull, refill, remove, set, textNode } from '../nodes/node.ts'
import { atEntry, BuildError } from '../problem.ts'
import { idOf, idText, type ResourceId } from '../resources/identity.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { Resource } from '../resources/resource.ts'
import { selectorOf, type Matcher } from '../resources/selector.ts'
import { changedFields } from './changed-fields.ts'
import { applyJsonPatch, PatchError } from './json-patch.ts'
import { shapeOf, type Shapes } from './merge-keys.ts'
import { mergeStrategically } from './strategic-merge.ts'

/** What patches are read with. */
export interface PatchContext {
  readonly files: FileSystem
  readonly kustomization: Kustomization
  readonly matcher: Matcher
  /** Types that the kustomizations describe; undefined where they are those of Kubernetes. */
  readonly shapes: Shapes | undefined
  readonly budget: Budget
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
    const place = `patchesStrategicMerge[${at}]`
    const written = isInline(patch) ? inline(patch, place, context) : fromFile(patch, place, context)
    for (const node of objectsIn(written)) {
      atEntry(written.file, written.line, () => mergeOne(objects, node, written, NO_OPTIONS, context))
    }
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
  const { file, lineOf } = context.kustomization
  const [path, text] = [textOf(entry['path']), textOf(entry['patch']) || textOf(entry['jsonOp'])]
  if (path === '' && text === '') {
    throw new BuildError('must specify one of patch and path in patches', file, lineOf(place))
  }
  if (path !== '' && text !== '') {
    throw new BuildError("patch and path can't be set at the same time", file, lineOf(place))
  }
  const written = path === '' ? inline(text, place, context) : fromFile(path, place, context)
  atEntry(written.file, written.line, () => applyWritten(objects, entry, written, context))
}

function applyWritten(objects: ResourceSet, entry: ValueMap, written: Written, context: PatchContext): void {
  const given = mapOf(entry['options'])
  const options = {
    allowNameChange: given['allowNameChange'] === true,
    allowKindChange: given['allowKindChange'] === true,
  }
  const target = isValueMap(entry['target']) ? entry['target'] : undefined
  const operations = operationsOf(written)
  if (operations !== undefined) {
    if (target === undefined) throw new BuildError('must specify a target for JSON patch')
    for (const resource of targets(objects, target, context)) {
      patchJson(resource, operations, written, context)
      objects.renamed(resource)
    }
    return
  }
  const nodes = objectsIn(written)
  if (target === undefined) {
    for (const node of nodes) mergeOne(objects, node, written, options, context)
    return
  }
  const [node] = nodes
  if (node === undefined) return
  if (nodes.length > 1) {
    throw new BuildError(
      'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field',
    )
  }
  const gone = new Set(
    targets(objects, target, context).filter((each) => !mergeInto(objects, each, node, written, options, context)),
  )
  if (gone.size > 0) objects.drop((each) => gone.has(each))
}

function targets(
  objects: ResourceSet,
  target: ValueMap,
  { kustomization, matcher, budget }: PatchContext,
): readonly Resource[] {
  budget.spend(objects.resources.length)
  return objects.resources.filter(selectorOf(target, matcher, kustomization.file))
}

function onlyOne(objects: ResourceSet, id: ResourceId): Resource {
  const found = objects.called(id)
  const [first] = found
  if (first === undefined || found.length > 1) {
    const what = found.length > 1 ? 'multiple matches' : 'no matches'
    throw new BuildError(`${what} for Id ${idText(id)}; failed to find unique target for patch ${idText(id)}`)
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
  const text = atEntry(kustomization.file, kustomization.lineOf(place), () => files.read(file))
  if (text === undefined) {
    throw new BuildError(`open ${file}: no such file or directory`, kustomization.file, kustomization.lineOf(place))
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
  const problem = problems.find(({ code }) => code !== 'yaml/duplicate-key')
  if (problem !== undefined) {
    const place = line === 1 ? problem.line : line
    throw new BuildError(`unable to parse SM or JSON patch from [${file}]: ${problem.message}`, file, place)
  }
  return nodes.flatMap(patchesIn)
}

/** A document is a patch, or a list of them. */
function patchesIn(node: YamlNode): MappingNode[] {
  if (isNull(node)) return []
  const object = asMapping(node)
  if (object === undefined) throw new BuildError('a patch is neither an object nor a list of operations')
  const items = asText(get(object, 'kind'))?.endsWith('List') === true ? asList(get(object, 'items')) : undefined
  return items === undefined ? [object] : items.items.flatMap(patchesIn)
}

function patchJson(
  resource: Resource,
  operations: readonly Value[],
  { file, line }: Written,
  { budget }: PatchContext,
): void {
  // A JSON patch may rename what it likes; what it was called counts for references.
  resource.remember()
  try {
    const { root, ways } = applyJsonPatch(resource.node, operations, budget)
    const patched = asMapping(root)
    if (patched === undefined) throw new PatchError('the patch leaves no object')
    if (patched !== resource.node) refill(resource.node.entries, patched.entries)
    resource.changes.push({ file, line, by: 'patch', ways })
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    throw new BuildError(error.message)
  }
  budget.measure(resource.node)
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
    throw new BuildError('a strategic merge patch needs kind and metadata.name, or a target')
  }
  const target = onlyOne(objects, id)
  if (!mergeInto(objects, target, node, written, options, context)) objects.drop((each) => each === target)
}

/** Merges a patch into an object; false when the patch deletes it. */
function mergeInto(
  objects: ResourceSet,
  resource: Resource,
  patch: MappingNode,
  { file, line }: Written,
  options: PatchOptions,
  { shapes, budget }: PatchContext,
): boolean {
  const { id } = resource
  const apiVersion = get(resource.node, 'apiVersion')
  const shape = shapeOf(id, shapes)
  const ways = changedFields(resource.node, patch, shape)
  if (options.allowNameChange || options.allowKindChange) resource.remember()
  budget.copy(patch)
  const merged = mergeStrategically(resource.node, clone(patch), shape)
  if (merged === undefined) return false
  if (merged !== resource.node) refill(resource.node.entries, merged.entries)
  const present = get(resource.node, 'apiVersion')
  if (present !== undefined && apiVersion !== undefined) set(resource.node, 'apiVersion', apiVersion)
  if (!options.allowKindChange) set(resource.node, 'kind', textNode(id.kind))
  if (!options.allowNameChange) resource.setName(id.name)
  if (id.namespace !== '') resource.setNamespace(id.namespace)
  else {
    const metadata = asMapping(get(resource.node, 'metadata'))
    if (metadata !== undefined) remove(metadata, 'namespace')
  }
  budget.measure(resource.node)
  objects.renamed(resource)
  resource.changes.push({ file, line, by: 'patch', ways })
  return true
}
