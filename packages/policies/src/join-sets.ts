/** Several sets of policies as one. */
import { extendCatalogue } from '@kubescape/controls'

import type { PolicySet } from './policy-set.ts'

/** Both sets; where they have a control with the same id, or a value of the same input, that of the second counts. */
export function joinSets(first: PolicySet, second: PolicySet): PolicySet {
  return {
    ...extendCatalogue(first, second),
    problems: [...first.problems, ...second.problems],
    sources: [...first.sources, ...second.sources],
    ownInputs: [...new Map([...first.ownInputs, ...second.ownInputs].map((input) => [input.name, input])).values()],
    inputs: { ...first.inputs, ...second.inputs },
    exceptions: [...first.exceptions, ...second.exceptions],
  }
}
