/** Failures that end a command: a sentence and what to do, never a stack or a usage dump. */

/** Ends the command with exit code 1 and a message. */
export class Failure extends Error {
  override readonly name = 'Failure'
  /** What to do; empty where nobody knows. */
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** Any error as a failure; bugs keep their stack. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof Error && 'hint' in error && typeof error.hint === 'string')
    return new Failure(error.message, error.hint)
  // What a cluster answers is nobody's bug, even where there is no advice to give.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('cluster/'))
    return new Failure(error.message, '')
  const [what = '', ...stack] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
  const where = stack.map((line) => line.trim().replace(/^at /, '')).slice(0, 3)
  return new Failure(
    `kubescape broke off: ${[what, ...where].join('; ')}`,
    'This is a bug: please report it with the command that you ran.',
  )
}
