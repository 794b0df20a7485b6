/** What a program printed on a terminal, as a page: the colours and weights of its escape sequences as markup. */

/** The first 16 of the 256 colours, on a dark ground. */
const BASIC =
  '#22303a #e06c75 #7fc08a #e0b05c #6cb0e8 #c58fdc #63c5c5 #d7dee2 #6b7b86 #ff8b8b #9fdcab #f5cd7d #93caf7 #dcb0ee #8ce2e2 #ffffff'.split(
    ' ',
  )
const SEQUENCE = /\u001b\[([\d;]*)m/g // oxlint-disable-line no-control-regex

interface Look {
  colour: string
  isBold: boolean
  isDim: boolean
}

/** The page: a window with the command and its output. Sequences that set no look are left out. */
export function terminalPage(command: string, output: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; }
main { display: inline-block; background: #10191f; color: #d7dee2; padding: 22px 28px; font: 14px/1.22 "DejaVu Sans Mono", ui-monospace, Menlo, Consolas, monospace; border-radius: 8px; }
pre { margin: 0; font: inherit; white-space: pre; }
.dollar { color: #63c5c5; }
</style><main><pre><span class="dollar">$</span> <b>${escape(command)}</b>\n${markupOf(output.trimEnd())}</pre></main>`
}

/** Output with escape sequences as markup. */
function markupOf(output: string): string {
  const look: Look = { colour: '', isBold: false, isDim: false }
  let [markup, at] = ['', 0]
  for (const match of output.matchAll(SEQUENCE)) {
    markup += piece(output.slice(at, match.index), look)
    change(look, (match[1] ?? '').split(';').map(Number))
    at = match.index + match[0].length
  }
  return markup + piece(output.slice(at), look)
}

function piece(text: string, { colour, isBold, isDim }: Look): string {
  if (text === '') return ''
  const style = [
    ...(colour === '' ? [] : [`color:${colour}`]),
    ...(isBold ? ['font-weight:bold'] : []),
    ...(isDim ? ['opacity:.65'] : []),
  ].join(';')
  return style === '' ? escape(text) : `<span style="${style}">${escape(text)}</span>`
}

/** Applies the parameters of one sequence (ECMA-48, SGR). */
function change(look: Look, codes: readonly number[]): void {
  const [code = 0, kind, number] = codes
  if (code === 0) Object.assign(look, { colour: '', isBold: false, isDim: false })
  else if (code === 1) look.isBold = true
  else if (code === 2) look.isDim = true
  else if (code === 22) Object.assign(look, { isBold: false, isDim: false })
  else if (code === 39) look.colour = ''
  else if (code === 38 && kind === 5) look.colour = colourOf(number ?? 0)
  else if (code >= 30 && code <= 37) look.colour = BASIC[code - 30] ?? ''
  else if (code >= 90 && code <= 97) look.colour = BASIC[code - 82] ?? ''
}

/** One of the 256 colours: 16 named ones, a cube of 6 levels, and greys. */
function colourOf(number: number): string {
  if (number < 16) return BASIC[number] ?? ''
  if (number >= 232)
    return `rgb(${Array(3)
      .fill(8 + 10 * (number - 232))
      .join(',')})`
  const cube = number - 16
  return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function level(step: number): number {
  return step === 0 ? 0 : 55 + 40 * step
}
