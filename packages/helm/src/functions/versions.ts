/** sprig's functions for semantic versions. */
import { FunctionError, type GoFunction } from '@kubescape/go-template'
import { parseConstraints, satisfies } from '../versions/constraint.ts'
import { VersionStruct } from '../versions/version-struct.ts'
import { parseVersion, type Version } from '../versions/version.ts'
import type { FunctionFamily } from './index.ts'

const semver: GoFunction = {
  parameters: ['string'],
  call: ([text]) => new VersionStruct(readVersion(text as string), '*semver.Version'),
}

const semverCompare: GoFunction = {
  parameters: ['string', 'string'],
  call([constraint, text]) {
    const parsed = parseConstraints(constraint as string)
    if ('problem' in parsed) throw new FunctionError(parsed.problem)
    return satisfies(readVersion(text as string), parsed.constraints)
  },
}

/** `semver` and `semverCompare`. */
export const versionFunctions: FunctionFamily = new Map([
  ['semver', semver],
  ['semverCompare', semverCompare],
])

function readVersion(text: string): Version {
  const parsed = parseVersion(text)
  if ('problem' in parsed) throw new FunctionError(parsed.problem)
  return parsed.version
}
