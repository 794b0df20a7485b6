/** Checks of the owner of files on nodes. */
import { asMap, asText, type Value, type ValueMap } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { fileRecords, judgeFiles, type FileCheck } from './file-records.ts'
import { nodeFacts } from './node-facts.ts'

/** Where collectors say why the owner could not be told; the published one writes `err`. */
const ERRORS = ['err', 'error']

/** Fails objects with a file that another user or group than root owns. */
export function ownedByRoot(about: FileCheck): LocalCheck {
  return {
    shape: 'local',
    name: about.name,
    match: nodeFacts(about.kind),
    judge: (resource) => judgeFiles(fileRecords(about, resource).map(isRoots)),
  }
}

function isRoots(record: ValueMap): boolean | undefined {
  const ownership = asMap(record['ownership'])
  if (ownership === undefined || ERRORS.some((name) => (ownership[name] ?? false) !== false)) return undefined
  const parts = [isRoot(ownership['username'], ownership['uid']), isRoot(ownership['groupname'], ownership['gid'])]
  if (parts.includes(false)) return false
  return parts.includes(undefined) ? undefined : true
}

/** By name; where a collector could not look the name up, by number. */
function isRoot(name: Value | undefined, id: Value | undefined): boolean | undefined {
  const text = asText(name)
  if (text) return text === 'root'
  const number = asText(id)
  return number ? Number(number) === 0 : undefined
}
