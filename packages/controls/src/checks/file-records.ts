/** Records of files in node facts: path, mode and owner of a file, or a list of such records. */
import { asList, asMap, asText, field, type Resource, type Value, type ValueMap } from '@kubescape/resources'

import type { Judgement } from '../check.ts'
import type { NodeFactKind } from './node-facts.ts'

/** Which files a check of records is about. */
export interface FileCheck {
  readonly name: string
  readonly kind: NodeFactKind
  /** Where the records are: `data.kubeConfigFile`, or `data.PKIFiles[]` for a list of them. */
  readonly at: readonly string[]
  /** Only files whose path ends so. */
  readonly suffix?: string
}

/** The records at the places of the check that name a file. */
export function fileRecords({ at, suffix = '' }: FileCheck, resource: Resource): ValueMap[] {
  return at
    .flatMap((place) => recordsAt(resource.object, place))
    .filter((record) => asText(record['path'])?.endsWith(suffix))
}

function recordsAt(object: ValueMap, place: string): ValueMap[] {
  const isList = place.endsWith('[]')
  const value = field(object, ...(isList ? place.slice(0, -2) : place).split('.'))
  const records: readonly (Value | undefined)[] = isList ? asList(value) : [value]
  return records.map(asMap).filter((record) => record !== undefined)
}

/**
 * What the verdicts on single files say of the object: one bad file is enough to fail. A file that could not be judged may be a
 * bad one, so an object with such a file, or without any, is not tested: the collector may have been unable to read it.
 */
export function judgeFiles(verdicts: readonly (boolean | undefined)[]): Judgement {
  if (verdicts.includes(false)) return []
  return verdicts.length === 0 || verdicts.includes(undefined) ? 'not-tested' : undefined
}
