/** Checks of the mode of files on nodes. */
import { asText, type ValueMap } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { fileRecords, judgeFiles, type FileCheck } from './file-records.ts'
import { nodeFacts } from './node-facts.ts'

/** Permission bits, setuid, setgid and sticky: what `chmod` sets. */
const MODE_BITS = 0o7777

/** Fails objects with a file that has a mode bit outside `max`: a mask, so 0610 is not within 0600 although it is close. */
export function fileMode(about: FileCheck & { readonly max: number }): LocalCheck {
  return {
    shape: 'local',
    name: about.name,
    match: nodeFacts(about.kind),
    judge: (resource) => judgeFiles(fileRecords(about, resource).map((record) => isWithin(record, about.max))),
  }
}

function isWithin(record: ValueMap, max: number): boolean | undefined {
  const mode = Number(asText(record['permissions']) || Number.NaN)
  return Number.isSafeInteger(mode) && mode >= 0 ? (mode & MODE_BITS & ~max) === 0 : undefined
}
