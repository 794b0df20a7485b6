/** What to tell a person about a control that was not simply passed or failed. */
import { inputsOf, type ControlDeclaration } from '@kubescape/controls'
import type { Outcome } from '@kubescape/results'

/** One sentence: why the control was skipped and what to do; empty when there is nothing to say. */
export function controlInfo(control: ControlDeclaration, { status, subStatus }: Outcome): string {
  if (status !== 'skipped') return ''
  switch (subStatus) {
    case 'configuration':
      return `Set ${inputsOf(control).join(' or ')} with --controls-config; without a value there is nothing to compare with.`
    case 'requires review':
      return 'What was found has to be reviewed by a person.'
    case 'manual review':
      return 'This control is checked by hand.'
    default:
      if (!control.checks.some((check) => check.shape === 'unavailable')) {
        return 'It could not be evaluated; the problems of the scan say why.'
      }
      // Where the data were missing, the control would have been left out: here they are, or no input can bring them.
      return control.needs === undefined || control.needs.kinds.length > 0
        ? 'This version does not judge it yet.'
        : `It needs ${control.needs.what}, which this scan does not have.`
  }
}
