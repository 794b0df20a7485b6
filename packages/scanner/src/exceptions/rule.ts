/** What an exception covers, ready to be held against resources and controls. Every form that exceptions are written in ends here. */
import type { LabelSelector } from '@kubescape/resources'
import type { Exception } from '@kubescape/results'

import type { TextTest } from './patterns/pattern.ts'

/** Which resources: every member that is there must hold. */
export interface ResourceScope {
  readonly cluster?: TextTest
  readonly namespace?: TextTest
  readonly kind?: TextTest
  readonly name?: TextTest
  readonly group?: TextTest
  /** The identifier in reports, with or without the part that names the file. */
  readonly id?: TextTest
  /** The file as it was named, or relative to what was scanned. */
  readonly file?: TextTest
  /** Covers findings in containers of this name only. */
  readonly container?: TextTest
  /** Labels or annotations of the object. */
  readonly labels?: readonly { readonly key: string; readonly value: TextTest }[]
  readonly objectSelector?: LabelSelector
  /** Labels of the object's namespace; one whose labels are not known is not covered. */
  readonly namespaceSelector?: LabelSelector
}

/** Which controls: every member that is there must hold. */
export interface PolicyScope {
  /** The id of the control. */
  readonly control?: TextTest
  /** The name of the control. */
  readonly name?: TextTest
  /** The name of a check of the control. */
  readonly rule?: TextTest
  /** The name of a framework: what others say of the control stays. */
  readonly framework?: TextTest
  /** Least base score of the control. */
  readonly baseScore?: number
}

/** An exception with what it covers. */
export interface ExceptionRule {
  readonly exception: Exception
  /** Any of these; none covers no resource. */
  readonly resources: readonly ResourceScope[]
  /** Any of these. */
  readonly policies: readonly PolicyScope[]
  /** It names controls, and no resources but perhaps a cluster: controls that people check by hand can be accepted so. */
  readonly coversManual: boolean
  /** What it names controls by, as it was written; nothing for every control. */
  readonly controls: readonly string[]
  /** What it names controls by that no control answers to. */
  readonly unknownControls: readonly string[]
}
