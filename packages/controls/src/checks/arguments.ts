/** The command lines of containers, item by item with their paths. */
import { asText, asList, workloadOf, type Resource } from '@kubescape/resources'

/** One word of a command line. */
export interface Argument {
  readonly text: string
  /** The word after it, empty at the end: the value of a flag that is written as two words. */
  readonly next: string
  readonly path: string
}

/** `command` and `args` of every regular container of a workload. */
export function eachContainerItem(resource: Resource): Argument[] {
  return (workloadOf(resource)?.containersIn(['containers']) ?? []).flatMap((container) => {
    const items = (['command', 'args'] as const).flatMap((list) =>
      asList(container.get(list)).map((entry, at) => ({
        text: asText(entry) ?? '',
        path: container.at(`${list}[${at}]`),
      })),
    )
    return items.map((item, at) => ({ ...item, next: items[at + 1]?.text ?? '' }))
  })
}
