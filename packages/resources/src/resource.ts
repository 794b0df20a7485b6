/** A resource: one object of the input with its identity and where it came from. */
import type { ValueMap } from '@kubescape/yaml'

import type { Identity } from './identity.ts'
import type { RenderedFrom } from './rendered.ts'

/** Where an object was read: enough to read it again when a report wants positions, excerpts or the object itself. */
export interface Origin {
  /** The file as people should see it: the path as asked for, `-` for standard input. */
  readonly file: string
  /** The file relative to the scanned root, with forward slashes; used in identifiers and machine reports. */
  readonly relativePath: string
  readonly fileType: FileType
  /** Offsets of the document in the decoded text; of what was rendered in the rendered text. */
  readonly start: number
  readonly end: number
  /** The 1-based line on which it starts in the file. Of what was rendered it may be looked up only when it is asked for. */
  readonly line: number
  /** Path of the object inside the document: empty, or `items[3]` for an entry of a List. */
  readonly itemPath: string
  /** Position among the Kubernetes objects of its file, from 0. */
  readonly ordinal: number
  /** What it was rendered from; absent for what stands in its file as it is. */
  readonly rendered?: RenderedFrom
}

/** What a source is, in the words of published reports. */
export type FileType = 'YAML' | 'JSON' | 'Helm Chart' | 'Kustomize Directory'

/** A comment in the source of an object that is meant for whoever judges it. */
export interface SourceComment {
  /** What it says, without the word that told it from other comments. */
  readonly text: string
  /** The field that it is about; empty for the whole object, undefined where no field is near. */
  readonly path: string | undefined
  /** In the file, from 1. */
  readonly line: number
  readonly column: number
}

/** One object to judge. `object` is let go once it has been judged; identity and origin stay. */
export interface Resource {
  readonly identity: Identity
  readonly object: ValueMap
  readonly origin?: Origin
  readonly comments?: readonly SourceComment[]
}

/** A resource of the running scan: its place in the list of everything that was judged, from 0. */
export type Ref = number

/** The relative path, and after a `@` the set of values where there are several: two sets share the template, not its objects. */
export function pathOf({ relativePath, rendered }: Pick<Origin, 'relativePath' | 'rendered'>): string {
  return rendered === undefined || rendered.valueSet === '' ? relativePath : `${relativePath}@${rendered.valueSet}`
}
