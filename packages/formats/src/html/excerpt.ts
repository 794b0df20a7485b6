/** Excerpts of source: numbered lines, those at fault marked, with a line of context around them. */
import type { SourceLines } from '../source-lines.ts'
import { visibleSource } from '../visible.ts'
import { escapeAll } from './markup.ts'
import type { Stretch } from './notes.ts'

/** Longer lines are cut around the field at fault. */
const MOST_UNITS = 220
const LEAD = 60
const CONTEXT = 1
/** A key or a scalar, in block and flow style, with its quotes. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,[\]{}]+(?::(?![\s,[\]{}])[^\s:,[\]{}]+)*|.)/

/** The excerpt of a stretch; empty when its source is gone. */
export function excerpt({ ref, file, lines }: Stretch, sources: SourceLines): string {
  const numbers = [...lines.keys()]
  if (numbers.length === 0) return ''
  const [first, last] = [Math.min(...numbers) - CONTEXT, Math.max(...numbers) + CONTEXT]
  const rows: string[] = []
  for (let line = first; line <= last; line++) {
    const text = line < 1 ? undefined : sources.line(ref, file, line)
    const column = lines.get(line)
    if (text === undefined || (column === undefined && text.trim() === '' && (line === first || line === last)))
      continue
    rows.push(
      column === undefined
        ? `<span data-l="${line}">${source(text.slice(0, MOST_UNITS))}</span>`
        : `<mark data-l="${line}">${marked(text, column)}</mark>`,
    )
  }
  return rows.length === 0 ? '' : `<pre class="source"><code>${rows.join('')}</code></pre>`
}

/** The line with the key or item at `column`, from 1, underlined. */
function marked(text: string, column: number): string {
  const from = column > MOST_UNITS - LEAD ? column - LEAD : 0
  const shown = text.slice(from, from + MOST_UNITS)
  const at = column - 1 - from
  const token = TOKEN.exec(shown.slice(at))?.[0] ?? ''
  const [before, after] = [shown.slice(0, at), shown.slice(at + token.length)]
  const more = text.length > from + MOST_UNITS ? '…' : ''
  return `${from > 0 ? '…' : ''}${source(before)}<u>${source(token)}</u>${source(after)}${more}`
}

function source(text: string): string {
  return escapeAll(visibleSource(text))
}
