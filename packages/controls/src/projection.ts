/** What joined checks remember of objects: small rows, kept while the objects themselves are let go. */
import type { Match, Ref, Resource } from '@kubescape/resources'

/** Takes what is needed of each matching object. The projection itself is the key: checks that share it share its rows. */
export interface Projection<Facts extends object> {
  readonly name: string
  readonly match: readonly Match[]
  /** Set where nothing of an object but its metadata is looked at. */
  readonly looksAt?: 'metadata'
  /** The facts to keep, or undefined to keep nothing. */
  take(resource: Resource): Facts | undefined
}

/** The kept facts with the resource that they came from. `file` tells apart objects that repeat in several files. */
export type Row<Facts extends object> = Facts & { readonly ref: Ref; readonly file: string }

/** An index over a projection's rows. The index itself is the key: it is built once per scan. */
export interface Index<Facts extends object> {
  readonly projection: Projection<Facts>
  /** Keys under which a row is found; none leaves the row out. */
  keys(row: Row<Facts>): readonly string[]
}

/** The remembered rows of a scan. */
export interface Tables {
  rows<Facts extends object>(projection: Projection<Facts>): readonly Row<Facts>[]
  find<Facts extends object>(index: Index<Facts>, key: string): readonly Row<Facts>[]
  /** Computes something once per scan; `key` is the function itself. */
  once<T>(compute: (tables: Tables) => T): T
}

/** Declares a projection. */
export function projection<Facts extends object>(
  name: string,
  match: readonly Match[],
  take: (resource: Resource) => Facts | undefined,
): Projection<Facts> {
  return { name, match, take }
}

/** Declares a projection of nothing but metadata. */
export function metadataProjection<Facts extends object>(
  name: string,
  match: readonly Match[],
  take: (resource: Resource) => Facts | undefined,
): Projection<Facts> {
  return { name, match, take, looksAt: 'metadata' }
}

/** Declares an index over a projection. */
export function index<Facts extends object>(
  of: Projection<Facts>,
  keys: (row: Row<Facts>) => readonly string[],
): Index<Facts> {
  return { projection: of, keys }
}
