/** What an output format is: a name, a file extension, and one function from a report to text. */
import type { Report } from '@kubescape/results'

import type { Evidence } from './evidence.ts'

/** What every format may use beside the report. */
export interface RenderContext {
  readonly evidence: Evidence
  /** How the report is looked at; formats for machines ignore it. */
  readonly view: 'security' | 'control' | 'resource'
  readonly verbose: boolean
  /** Columns of the terminal or page. */
  readonly width: number
  /** ANSI colours are wanted. */
  readonly colour: boolean
  /** `v2` or `v3` for JSON. */
  readonly formatVersion: string
  /** Name of the command as the user typed it. */
  readonly program: string
}

/** An output format. */
export interface Format {
  readonly name: string
  /** One line for help and docs. */
  readonly description: string
  /** With the dot. */
  readonly extension: string
  /** Read by people: printed with colours on a terminal. */
  readonly forPeople: boolean
  /** Loads what renders it: a scan pays for the formats that it writes only. */
  load(): Promise<Render>
}

/** Makes the text of a report, piece by piece. */
export type Render = (report: Report, context: RenderContext) => Iterable<string>

/** Declares a format. */
export function defineFormat(format: Format): Format {
  return format
}
