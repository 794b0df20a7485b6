/** Tables of few columns, in lines that join. */
import { visible } from '../terminal.ts'

/** Lays out rows below a centred header; cells are one line each. */
export function boxTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows].map((row) => row.map(visible))
  const widths = header.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ''))))
  const rule = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((each) => '─'.repeat(each + 2)).join(middle)}${right}`
  const line = (row: readonly string[], pad: (text: string, to: number) => string): string =>
    `│ ${widths.map((each, at) => pad(row[at] ?? '', each)).join(' │ ')} │`
  const [first = [], ...others] = all
  return [
    rule('┌', '┬', '┐'),
    line(first, centre),
    rule('├', '┼', '┤'),
    ...others.map((row) => line(row, padded)),
    rule('└', '┴', '┘'),
  ]
    .join('\n')
    .concat('\n')
}

function padded(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)))
}

function centre(text: string, to: number): string {
  const room = Math.max(0, to - width(text))
  return `${' '.repeat(Math.floor(room / 2))}${text}${' '.repeat(Math.ceil(room / 2))}`
}

/** Code points, as `opa` counts them. */
function width(text: string): number {
  return Array.from(text).length
}
