/** What the scan tells of itself: what could not be read or judged, and what was left out (SARIF 2.1.0, 3.58). */
import { typePath, type Report } from '@kubescape/results'

import { clipped } from '../finding-text.ts'
import type { SourceNames } from '../source-names.ts'
import { LONGEST_DESCRIPTION, MOST_NOTIFICATIONS } from './limits.ts'

/** Everything that the reader of the results has to know, what was cut first. */
export function notifications({ coverage }: Report, names: SourceNames, cuts: readonly string[]): object[] {
  const { problems, notEvaluated, unreadTypes, nodes } = coverage
  const all: object[] = [
    ...cuts.map((text) => notification('warning', 'sarif/cut', text)),
    ...problems.map(({ code, message, hint, file, line, column }) => {
      const artifactLocation = names.location(file ?? '')
      const region = line === undefined ? {} : { region: { startLine: Math.max(1, line), startColumn: column ?? 1 } }
      return {
        ...notification('warning', code, hint === undefined ? message : `${message}\n${hint}`),
        ...(artifactLocation && { locations: [{ physicalLocation: { artifactLocation, ...region } }] }),
      }
    }),
    ...unreadTypes.map((type) =>
      notification('warning', 'coverage/unread-type', `${typePath(type)} could not be read: ${type.error}`),
    ),
    ...nodes.flatMap(({ name, reason }) =>
      reason === undefined
        ? []
        : notification('warning', 'coverage/node', `There are no facts of node ${name}: ${reason}`),
    ),
    ...notEvaluated.map(({ controlID, name, reason }) => ({
      ...notification('note', 'coverage/not-evaluated', `${controlID} ${name} was not evaluated: ${reason}`),
      associatedRule: { id: controlID },
    })),
  ]
  const left = all.length - MOST_NOTIFICATIONS
  if (left <= 0) return all
  return [...all.slice(0, MOST_NOTIFICATIONS), notification('warning', 'sarif/cut', `${left} more are not listed.`)]
}

function notification(level: 'warning' | 'note', code: string, text: string): object {
  return { descriptor: { id: code }, level, message: { text: clipped(text, LONGEST_DESCRIPTION) } }
}
