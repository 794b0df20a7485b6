/** JSON writes characters beyond the basic plane as two escapes, which YAML does not know. */

import { withDefaults } from './limits.ts'
import { readEvents } from './read-events.ts'
import type { DocumentSlice } from './split-documents.ts'

const doubleStyle = 3
const escaped = /(?:^|[^\\])(?:\\\\)*\\u[dD][89a-fA-F]/

/** Whether a text in double quotes holds an escape for half a pair, which goyaml refuses. The document can be read. */
export function isSurrogateEscaped(text: string, slice: DocumentSlice): boolean {
  const { events, input } = readEvents(text, slice.start, slice.end, withDefaults(undefined))
  return events.some(
    (event) =>
      event.type === 4 && event.style === doubleStyle && escaped.test(input.slice(event.valueStart, event.valueEnd)),
  )
}
