/** What to tell a person about a control that was not simply passed or failed. */
import { inputsOf, ownInputsOf, type ControlDeclaration } from '@kubescape/controls'
import type { Outcome } from '@kubescape/results'

/** One sentence: why the control was skipped and what to do; empty when there is nothing to say. */
export function controlInfo(control: ControlDeclaration, { status, subStatus }: Outcome): string {
  if (status !== 'skipped') return ''
  switch (subStatus) {
    case 'configuration':
      return `Set ${[...inputsOf(control), ...ownInputsOf(control).map(({ name }) => name)].join(' or ')} with --controls-config; without a value there is nothing to compare with.`
    case 'requires review':
      return 'What was found has to be reviewed by a person.'
    case 'manual review':
      return 'This control is checked by hand.'
    default:
      return control.needs === undefined
        ? 'It could not be evaluated; the problems of the scan say why.'
        : `It needs ${control.needs.what}; they do not tell of everything that was scanned.`
  }
}
