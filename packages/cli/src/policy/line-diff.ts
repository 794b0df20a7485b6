/** The difference of two texts by lines, as `diff -u` shows it. */

/** Lines around a change that are shown too. */
const CONTEXT = 3
/** Beyond, texts are taken to have nothing in common between their equal ends. */
const MOST_PAIRS = 4_000_000

/** A line that both have, or that only one has. */
interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** The difference, with the names of the texts; empty where there is none. */
export function lineDiff(before: string, after: string, name: string): string {
  if (before === after) return ''
  const lines = compare(linesOf(before), linesOf(after))
  const changed = lines.keys().filter((at) => lines[at]?.sign !== ' ')
  const hunks: { start: number; end: number }[] = []
  for (const at of changed) {
    const last = hunks.at(-1)
    if (last !== undefined && at - CONTEXT <= last.end) last.end = at + CONTEXT + 1
    else hunks.push({ start: Math.max(0, at - CONTEXT), end: at + CONTEXT + 1 })
  }
  const texts = hunks.map(({ start, end }) => {
    const part = lines.slice(start, end)
    const [from, to] = (['+', '-'] as const).map((other) => ({
      first: lines.slice(0, start).filter(({ sign }) => sign !== other).length + 1,
      count: part.filter(({ sign }) => sign !== other).length,
    }))
    const header = `@@ -${from?.first},${from?.count} +${to?.first},${to?.count} @@`
    return [header, ...part.map(({ sign, text }) => `${sign}${text}`)].join('\n')
  })
  return `--- ${name}\n+++ ${name}\n${texts.join('\n')}\n`
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function same(text: string): Line {
  return { sign: ' ', text }
}

function compare(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++
  }
  const middle = longestCommon(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  return [...before.slice(0, head).map(same), ...middle, ...before.slice(before.length - tail).map(same)]
}

/** By the longest common subsequence of lines. */
function longestCommon(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length]
  const removed = before.map((text): Line => ({ sign: '-', text }))
  const added = after.map((text): Line => ({ sign: '+', text }))
  if (rows * columns > MOST_PAIRS) return [...removed, ...added]
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0)
    }
  }
  const lines: Line[] = []
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    if (before[row] === after[column]) {
      lines.push({ sign: ' ', text: before[row++] ?? '' })
      column++
    } else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) {
      lines.push({ sign: '-', text: before[row++] ?? '' })
    } else {
      lines.push({ sign: '+', text: after[column++] ?? '' })
    }
  }
  return [...lines, ...removed.slice(row), ...added.slice(column)]
}
