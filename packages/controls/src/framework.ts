/** What a framework is: a named, ordered list of controls, numbered and sectioned where its publisher does so. */
import type { Scope } from './control.ts'
import type { Reference } from './references.ts'

/** A framework as its file declares it. */
export interface Framework {
  readonly name: string
  /** Other names by which it may be asked for, such as the name of its published file. */
  readonly aliases: readonly string[]
  readonly version?: string
  /** The publisher's document that its controls come from. */
  readonly standard?: Reference
  readonly scope: readonly Scope[]
  readonly controls: readonly string[]
  /** Number of a control in the publisher's document, such as `1.2.7`, by control id. */
  readonly numbers?: Readonly<Record<string, string>>
  /** Titles of sections by their numbers; a control is in the section that its number begins with. */
  readonly sections?: Readonly<Record<string, string>>
}
