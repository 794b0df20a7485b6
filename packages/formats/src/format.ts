/** What an output format is: a name, a file extension, and one function from a report to text. */
import type { Commit, Report } from '@kubescape/results'

import type { Evidence } from './evidence.ts'

/** What every format may use beside the report. */
export interface RenderContext {
  readonly evidence: Evidence
  /** How the report is looked at; formats for machines ignore it. */
  readonly view: 'security' | 'control' | 'resource'
  readonly verbose: boolean
  /** Failing resources with their fields, also where `verbose` is not wanted. */
  readonly showEvidence?: boolean
  /** All workloads with attack paths, as trees. */
  readonly showAttackPaths?: boolean
  /** JSON without the objects. */
  readonly omitObjects?: boolean
  /** Explain how the scores come about. */
  readonly explainScore?: boolean
  /** Columns of the terminal or page. */
  readonly width: number
  /** ANSI colours are wanted. */
  readonly colour: boolean
  /** `v2` or `v3` for JSON. */
  readonly formatVersion: string
  /** Tell of every exception what it accepted. */
  readonly auditExceptions?: boolean
  /** Name of the command as the user typed it. */
  readonly program: string
  /** The words of the flags that brought policies, for commands that are proposed: they need them too. */
  readonly policyFlags?: readonly string[]
  readonly roots: SourceRoots
  /** The last commits of files, by their names in origins; only for formats that tell of them. */
  readonly commits?: ReadonlyMap<string, Commit>
  /** Tells the user what the report alone would not, such as that it had to be cut. */
  readonly warn: (message: string) => void
}

/** Where scanned files are, for formats that name them to machines. Absolute paths with forward slashes, none at the end. */
export interface SourceRoots {
  /** What files are named relative to: the root of the git work tree, or what stands in for it. */
  readonly root: string
  /** What relative paths of the command line start from. */
  readonly workingDirectory: string
}

/** An output format; `Piece` is what its output is made of, text unless it says otherwise. */
export interface Format<Piece extends string | Uint8Array = string | Uint8Array> {
  readonly name: string
  /** One line for help and docs. */
  readonly description: string
  /** With the dot, in lower case. */
  readonly extension: string
  /** Another extension that names of its files may have. */
  readonly otherExtension?: string
  /** Meant for a file: without a name for it the report goes to `report` with the extension, and not to standard output. */
  readonly toFile?: true
  /** Read by people: printed with colours on a terminal. */
  readonly forPeople: boolean
  /** Loads what renders it: a scan pays for the formats that it writes only. */
  load(): Promise<Render<Piece>>
}

/** Makes the text or the bytes of a report, piece by piece. */
export type Render<Piece extends string | Uint8Array = string | Uint8Array> = (
  report: Report,
  context: RenderContext,
) => Iterable<Piece>

/** Declares a format. */
export function defineFormat<Piece extends string | Uint8Array>(format: Format<Piece>): Format<Piece> {
  return format
}
