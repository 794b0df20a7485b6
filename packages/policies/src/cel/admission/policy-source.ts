/** Admission policies as they are written: what a ValidatingAdmissionPolicy says, in fields of our own. */

/** An expression with a name. */
export interface NamedExpression {
  readonly name: string
  readonly expression: string
}

/** What must be true of an object. */
export interface Validation {
  readonly expression: string
  readonly message?: string
  /** An expression that makes the message. */
  readonly messageExpression?: string
  readonly reason?: string
}

/** The expressions of a policy. */
export interface PolicyExpressions {
  /** Whether expressions know `params`. */
  readonly hasParams: boolean
  /** The policy is about objects for which all of these are true. */
  readonly conditions: readonly NamedExpression[]
  readonly variables: readonly NamedExpression[]
  readonly validations: readonly Validation[]
}
