/** An object on its way through the overlays, with what it was called before. */
import type { MappingNode } from '@kubescape/yaml'

import { asMapping, getPath, mappingAt, set, textNode } from '../nodes/node.ts'
import type { Step } from '../nodes/steps.ts'
import { idOf, type ResourceId } from './identity.ts'

/** Where an object was written. */
export interface ObjectSource {
  /** The file, or the kustomization whose generator made the object. */
  readonly file: string
  /** Offsets of its document in the file; of a generated object both are 0. */
  readonly start: number
  readonly end: number
  /** Line of the file on which the document, or the generator, begins. */
  readonly line: number
  /** Folders of the kustomizations, from the one that names the file up to the one that is built. */
  readonly directories: readonly string[]
  /** `configMapGenerator`, `secretGenerator`, `helmCharts` ...; undefined for what stands in a file. */
  readonly generator?: string
}

/** Something that changed an object. */
export interface Change {
  /** The patch, or the kustomization that demands the change. */
  readonly file: string
  readonly line: number
  /** `patch`, `images`, `namespace` ... */
  readonly by: string
  /** The fields that it set or removed, as paths of the built object: `spec.template.spec.containers[0].image`. */
  readonly paths: readonly string[]
}

/** A change while the object still changes: entries of lists may come to other places. */
export interface OpenChange extends Omit<Change, 'paths'> {
  readonly ways: readonly (readonly Step[])[]
}

/** An object that was changed, with the ways to the fields. */
export interface Changed {
  readonly resource: Resource
  readonly ways: readonly (readonly Step[])[]
}

/** What an object joins with one of its name: what is there, instead of it, or a new one. */
export type Behavior = 'create' | 'merge' | 'replace' | ''

/** An object. */
export class Resource {
  readonly node: MappingNode
  source: ObjectSource
  readonly changes: OpenChange[] = []
  /** What it was called, the first name first; not what it is called now. */
  readonly previous: ResourceId[] = []
  prefixes: readonly string[] = []
  suffixes: readonly string[] = []
  behavior: Behavior = ''
  /** The variables that are fields of it. */
  readonly variables = new Set<string>()
  /** Its name gets a suffix that depends on its content. */
  needsHash = false
  /** Patches of it may change its name or kind. */
  allowNameChange = false
  allowKindChange = false

  constructor(node: MappingNode, source: ObjectSource) {
    this.node = node
    this.source = source
  }

  /** What it is called now. */
  get id(): ResourceId {
    return idOf(this.node)
  }

  /** What it was called in the beginning. */
  get originalId(): ResourceId {
    return this.previous[0] ?? this.id
  }

  /** All that it was ever called, with what it is called now. */
  get ids(): readonly ResourceId[] {
    return [...this.previous, this.id]
  }

  /** Remembers what it is called, before that changes. */
  remember(): void {
    const { id } = this
    const last = this.previous.at(-1)
    if (last === undefined || JSON.stringify(last) !== JSON.stringify(id)) this.previous.push(id)
  }

  setName(name: string): void {
    const metadata = mappingAt(this.node, 'metadata')
    if (metadata !== undefined) set(metadata, 'name', textNode(name))
  }

  setNamespace(namespace: string): void {
    const metadata = mappingAt(this.node, 'metadata')
    if (metadata !== undefined) set(metadata, 'namespace', textNode(namespace))
  }

  /** Labels or annotations as they are now. */
  metadataMap(name: 'labels' | 'annotations'): MappingNode | undefined {
    return asMapping(getPath(this.node, 'metadata', name))
  }
}
