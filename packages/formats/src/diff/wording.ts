/** How people are told of a comparison. */
import type { Bucket, ComparedFailure } from '@kubescape/results/comparison'

import { visible } from '../visible.ts'

/** The headings of buckets. */
export const HEADINGS: Readonly<Record<Bucket, string>> = {
  new: 'New failures',
  incomparable: 'Not comparable',
  resolved: 'Resolved',
  unchanged: 'Unchanged',
}

/** `3 new, 1 not comparable, 2 resolved, 40 unchanged`. */
export function summaryLine(counts: Readonly<Record<Bucket, number>>): string {
  const { new: added, incomparable, resolved, unchanged } = counts
  return `${added} new, ${incomparable} not comparable, ${resolved} resolved, ${unchanged} unchanged`
}

/** The file and line of a failure; empty for objects of clusters. */
export function placeOf({ file, evidence }: ComparedFailure): string {
  return visible(evidence.line === 0 ? file : `${file}:${evidence.line}`)
}

/** What is at fault in the resource: a path, or that it is there beside another; empty where nothing more is known. */
export function faultOf({ evidence }: ComparedFailure): string {
  return visible(evidence.type === 'related' ? `with ${evidence.path}` : evidence.path)
}
