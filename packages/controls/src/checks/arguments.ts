/** The command line of a container, item by item with their paths. */
import { asText, asList, type Container } from '@kubescape/resources'

/** One word of a command line. */
export interface Argument {
  readonly text: string
  /** The word after it, empty at the end: the value of a flag that is written as two words. */
  readonly next: string
  readonly path: string
}

/** `command`, then `args` of the container. */
export function argumentsOf(container: Container): Argument[] {
  const items = (['command', 'args'] as const).flatMap((list) =>
    asList(container.get(list)).map((entry, at) => ({
      text: asText(entry) ?? '',
      path: container.at(`${list}[${at}]`),
    })),
  )
  return items.map((item, at) => ({ ...item, next: items[at + 1]?.text ?? '' }))
}

/** Path of the place behind the last argument, where a further flag belongs. */
export function endOfArguments(container: Container): string {
  const lists = (['args', 'command'] as const).map((list) => [list, asList(container.get(list)).length] as const)
  const [list, length] = lists.find(([, count]) => count > 0) ?? ['command', 0]
  return container.at(`${list}[${length}]`)
}
