/** `images`: names, tags and digests of images. */
import type { MappingNode, ValueMap, YamlNode } from '@kubescape/yaml'

import { textOf } from '../kustomization/kustomization.ts'
import { asText, textNode } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { editFields, type Edit, type FieldSpec } from './field-spec.ts'

/** An entry of `images`. */
export interface ImageChange {
  readonly name: string
  readonly newName: string
  readonly newTag: string
  readonly tagSuffix: string
  readonly digest: string
}

/** Reads an entry of `images`. */
export function imageChange(value: ValueMap): ImageChange {
  return {
    name: textOf(value['name']),
    newName: textOf(value['newName']),
    newTag: textOf(value['newTag']),
    tagSuffix: textOf(value['tagSuffix']),
    digest: textOf(value['digest']),
  }
}

/** Names the images anew. */
export function changeImages(
  resources: readonly Resource[],
  change: ImageChange,
  specs: readonly FieldSpec[],
): Changed[] {
  const present = specs.map((spec) => ({ ...spec, create: false }))
  return resources.flatMap((resource) => {
    const ways: (readonly Step[])[] = []
    const edit: Edit = (node, way) => {
      const text = asText(node)
      const changed = text === undefined ? undefined : newImage(text, change)
      if (changed === undefined || changed === text) return node
      ways.push(way)
      return textNode(changed)
    }
    if (resource.id.kind === 'CustomResourceDefinition') return []
    // What has containers without being one of the known kinds, such as a workload of somebody else.
    editContainers(resource.node, edit, [])
    editFields(resource, present, edit)
    return ways.length === 0 ? [] : [{ resource, ways }]
  })
}

/** `containers` and `initContainers` anywhere in an object. */
function editContainers(node: YamlNode, edit: Edit, way: readonly Step[]): void {
  if (node.type === 'sequence') {
    node.items.forEach((item, at) => editContainers(item, edit, [...way, entryStep(item, at)]))
  }
  if (node.type !== 'mapping') return
  for (const { key, value } of node.entries) {
    if (value.type === 'scalar') continue
    const below = [...way, key.text]
    if ((key.text === 'containers' || key.text === 'initContainers') && value.type === 'sequence') {
      value.items.forEach((item, at) => {
        if (item.type === 'mapping') editImage(item, edit, [...below, entryStep(item, at), 'image'])
      })
    } else editContainers(value, edit, below)
  }
}

function editImage(container: MappingNode, edit: Edit, way: readonly Step[]): void {
  const entry = container.entries.find(({ key }) => key.text === 'image')
  if (entry !== undefined) entry.value = edit(entry.value, way)
}

/** What an image is called after the change; undefined for one that is not meant. */
function newImage(image: string, { name, newName, newTag, tagSuffix, digest }: ImageChange): string | undefined {
  const parts = splitImage(image)
  if (parts.name !== name) return undefined
  const called = newName === '' ? parts.name : newName
  if (newTag !== '' && digest !== '') return `${called}:${newTag}@${digest}`
  if (newTag !== '') return `${called}:${newTag}`
  if (digest !== '') return `${called}@${digest}`
  const tag = parts.tag === '' ? '' : `:${parts.tag}${tagSuffix}`
  const hash = parts.digest === '' || tagSuffix !== '' ? '' : `@${parts.digest}`
  return `${called}${tag}${hash}`
}

/** `registry:5000/web/app:1.2@sha256:...` in parts. */
function splitImage(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const at = image.indexOf('@')
  const digest = at < 0 ? '' : image.slice(at + 1)
  const rest = at < 0 ? image : image.slice(0, at)
  const colon = rest.lastIndexOf(':')
  if (colon <= rest.lastIndexOf('/')) return { name: rest, tag: '', digest }
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest }
}
