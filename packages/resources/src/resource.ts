/** A resource: one object of the input with its identity and where it came from. */
import type { ValueMap } from '@kubescape/yaml'

import type { Identity } from './identity.ts'

/** Where an object was read: enough to read it again when a report wants positions, excerpts or the object itself. */
export interface Origin {
  /** The file as people should see it: the path as asked for, `-` for standard input. */
  readonly file: string
  /** The file relative to the scanned root, with forward slashes; used in identifiers and machine reports. */
  readonly relativePath: string
  readonly fileType: 'YAML' | 'JSON'
  /** Offsets of the document in the decoded text, and the 1-based line on which it starts. */
  readonly start: number
  readonly end: number
  readonly line: number
  /** Path of the object inside the document: empty, or `items[3]` for an entry of a List. */
  readonly itemPath: string
  /** Position among the Kubernetes objects of its file, from 0. */
  readonly ordinal: number
}

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
