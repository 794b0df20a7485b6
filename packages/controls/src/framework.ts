/** What a framework is: a named, ordered list of controls. */
import type { Scope } from './control.ts'

/** A framework as its file declares it. */
export interface Framework {
  readonly name: string
  /** Other names by which it may be asked for, such as the name of its published file. */
  readonly aliases: readonly string[]
  readonly scope: readonly Scope[]
  readonly controls: readonly string[]
}
