/** `images`: names, tags and digests of images. */
import type { MappingNode, ValueMap, YamlNode } from '@kubescape/yaml'

import { textOf } from '../kustomization/kustomization.ts'
import { asText, textNode } from '../nodes/node.ts'
import type { Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

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

/** Names the images anew; gives the resources of which one was changed. */
export function changeImages(
  resources: readonly Resource[],
  change: ImageChange,
  specs: readonly FieldSpec[],
): Resource[] {
  return resources.filter((resource) => {
    let isChanged = false
    const edit = (node: YamlNode): YamlNode => {
      const text = asText(node)
      const changed = text === undefined ? undefined : newImage(text, change)
      if (changed === undefined || changed === text) return node
      isChanged = true
      return textNode(changed)
    }
    if (resource.id.kind === 'CustomResourceDefinition') return false
    // What has containers without being one of the known kinds, such as a workload of somebody else.
    editContainers(resource.node, edit)
    editFields(
      resource,
      specs.map((spec) => ({ ...spec, create: false })),
      edit,
    )
    return isChanged
  })
}

/** `containers` and `initContainers` anywhere in an object. */
function editContainers(node: YamlNode, edit: (node: YamlNode) => YamlNode): void {
  if (node.type === 'sequence') for (const item of node.items) editContainers(item, edit)
  if (node.type !== 'mapping') return
  for (const { key, value } of node.entries) {
    if ((key.text === 'containers' || key.text === 'initContainers') && value.type === 'sequence') {
      for (const item of value.items) if (item.type === 'mapping') editImage(item, edit)
    } else editContainers(value, edit)
  }
}

function editImage(container: MappingNode, edit: (node: YamlNode) => YamlNode): void {
  const entry = container.entries.find(({ key }) => key.text === 'image')
  if (entry !== undefined) entry.value = edit(entry.value)
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
