/** Patterns of file names, as Go's `path.Match` reads them: `*` and `?` within a segment, `[a-z]`, and `\` before a sign. */

/** What stands for one character, or for any number of them. */
type Piece =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'many' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] }

/** Tells whether a path matches. */
export type PathMatch = (path: string) => boolean

/** Reads a pattern; undefined when it is none. */
export function parsePathPattern(pattern: string): PathMatch | undefined {
  const pieces = readPieces(Array.from(pattern))
  return pieces === undefined ? undefined : (path) => matches(pieces, Array.from(path))
}

function readPieces(signs: readonly string[]): Piece[] | undefined {
  const pieces: Piece[] = []
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] as string
    if (sign === '*') pieces.push({ kind: 'many' })
    else if (sign === '?') pieces.push({ kind: 'any' })
    else if (sign === '[') {
      const found = readClass(signs, at + 1)
      if (found === undefined) return undefined
      pieces.push(found.piece)
      at = found.end
    } else {
      const character = sign === '\\' ? signs[++at] : sign
      if (character === undefined) return undefined
      pieces.push({ kind: 'character', character })
    }
  }
  return pieces
}

/** A class from behind its bracket; `end` is where the closing one stands. */
function readClass(
  signs: readonly string[],
  start: number,
): { readonly piece: Piece; readonly end: number } | undefined {
  const negated = signs[start] === '^'
  const ranges: (readonly [string, string])[] = []
  let at = negated ? start + 1 : start
  const character = (): string | undefined => {
    const sign = signs[at++]
    if (sign === undefined || sign === '-' || sign === ']') return undefined
    return sign === '\\' ? signs[at++] : sign
  }
  while (ranges.length === 0 || signs[at] !== ']') {
    const low = character()
    if (low === undefined) return undefined
    let high: string | undefined = low
    if (signs[at] === '-') {
      at++
      high = character()
    }
    if (high === undefined) return undefined
    ranges.push([low, high])
  }
  return { piece: { kind: 'class', negated, ranges }, end: at }
}

/** Goes back to the last star only: what an earlier one could take besides, this one can as well. */
function matches(pieces: readonly Piece[], path: readonly string[]): boolean {
  let piece = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < path.length) {
    const next = pieces[piece]
    const sign = path[at] as string
    if (next?.kind === 'many') {
      star = piece++
      starAt = at
    } else if (next !== undefined && matchesOne(next, sign)) {
      piece++
      at++
    } else if (star >= 0 && path[starAt] !== '/') {
      piece = star + 1
      at = ++starAt
    } else return false
  }
  while (pieces[piece]?.kind === 'many') piece++
  return piece === pieces.length
}

function matchesOne(piece: Exclude<Piece, { kind: 'many' }>, sign: string): boolean {
  switch (piece.kind) {
    case 'character':
      return piece.character === sign
    case 'any':
      return sign !== '/'
    case 'class':
      return sign !== '/' && piece.ranges.some(([low, high]) => low <= sign && sign <= high) !== piece.negated
    default:
      return false
  }
}
