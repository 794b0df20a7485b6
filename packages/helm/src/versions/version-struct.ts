/** Versions as templates get them from sprig's `semver`: a struct with the methods of Masterminds/semver. */
import {
  FunctionError,
  type GoFunction,
  MISSING,
  type ParameterType,
  Sized,
  Struct,
  type Value,
} from '@kubescape/go-template'
import { compareVersions, isMetadata, printVersion, problemOfPrerelease, type Version } from './version.ts'

/** A version in a template. */
export class VersionStruct extends Struct {
  readonly version: Version
  /** `parseVersion` gives pointers in Go, the methods that change a number give values. */
  readonly type: string

  constructor(version: Version, type: '*semver.Version' | 'semver.Version') {
    super()
    this.version = version
    this.type = type
  }

  field(): typeof MISSING {
    return MISSING
  }

  method(name: string): GoFunction | undefined {
    const found = METHODS.get(name)
    return found && { parameters: found.parameters, call: (args) => found.call(this.version, args[0]) }
  }

  print(): string {
    return printVersion(this.version)
  }

  override json(): Value {
    return printVersion(this.version)
  }
}

interface Method {
  readonly parameters: readonly ParameterType[]
  readonly call: (version: Version, argument: Value) => Value
}

const METHODS: ReadonlyMap<string, Method> = new Map([
  ['Major', reads(({ major }) => new Sized('uint64', major))],
  ['Minor', reads(({ minor }) => new Sized('uint64', minor))],
  ['Patch', reads(({ patch }) => new Sized('uint64', patch))],
  ['Prerelease', reads(({ prerelease }) => prerelease)],
  ['Metadata', reads(({ metadata }) => metadata)],
  ['Original', reads(({ original }) => original)],
  ['String', reads(printVersion)],
  ['Compare', compares((order) => BigInt(order))],
  ['Equal', compares((order) => order === 0)],
  ['LessThan', compares((order) => order < 0)],
  ['LessThanEqual', compares((order) => order <= 0)],
  ['GreaterThan', compares((order) => order > 0)],
  ['GreaterThanEqual', compares((order) => order >= 0)],
  ['IncMajor', reads((version) => changed(version, { major: version.major + 1n, minor: 0n, patch: 0n }))],
  ['IncMinor', reads((version) => changed(version, { minor: version.minor + 1n, patch: 0n }))],
  // A prerelease comes before its version, so the next patch is that version.
  ['IncPatch', reads((version) => changed(version, { patch: version.patch + (version.prerelease === '' ? 1n : 0n) }))],
  ['SetPrerelease', { parameters: ['string'], call: withPrerelease }],
  ['SetMetadata', { parameters: ['string'], call: withMetadata }],
] satisfies [string, Method][])

function reads(call: (version: Version) => Value): Method {
  return { parameters: [], call }
}

function compares(answer: (order: number) => Value): Method {
  return {
    parameters: ['struct'],
    call(version, other) {
      if (other instanceof VersionStruct) return answer(compareVersions(version, other.version))
      throw new FunctionError('wrong type for value; expected *semver.Version')
    },
  }
}

function withPrerelease(version: Version, prerelease: Value): VersionStruct {
  const text = prerelease as string
  const problem = text === '' ? undefined : problemOfPrerelease(text)
  if (problem !== undefined) throw new FunctionError(problem)
  return changed(version, { prerelease: text, metadata: version.metadata })
}

function withMetadata(version: Version, metadata: Value): VersionStruct {
  const text = metadata as string
  if (text !== '' && !isMetadata(text)) throw new FunctionError('invalid metadata string')
  return changed(version, { prerelease: version.prerelease, metadata: text })
}

/** Without prerelease and metadata, if they are not among the changes. The original keeps its `v`. */
function changed(version: Version, changes: Partial<Version>): VersionStruct {
  const next = { ...version, prerelease: '', metadata: '', ...changes }
  const original = `${version.original.startsWith('v') ? 'v' : ''}${printVersion(next)}`
  return new VersionStruct({ ...next, original }, 'semver.Version')
}
