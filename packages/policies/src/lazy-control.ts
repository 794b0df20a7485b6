/** Controls whose programs are compiled when somebody asks for their checks: of a bundle with hundreds a scan runs a few. */
import type { Check, ControlDeclaration } from '@kubescape/controls'

/** A control with checks that are made when they are first read. */
export function lazyControl(
  declaration: Omit<ControlDeclaration, 'checks'>,
  make: () => readonly Check[],
): ControlDeclaration {
  let checks: readonly Check[] | undefined
  return Object.defineProperty({ ...declaration, checks: [] as readonly Check[] }, 'checks', {
    enumerable: true,
    get: () => (checks ??= make()),
  })
}
