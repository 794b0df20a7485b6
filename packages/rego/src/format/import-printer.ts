/** Imports as text: groups of adjacent ones, each in order. */
import type { Import } from '../syntax/ast.ts'
import { compareStrings } from '../values/text-order.ts'
import type { CommentWriter } from './comment-writer.ts'
import { pathText } from './path-text.ts'

const REGO_V1: readonly string[] = ['rego', 'v1']

/** What happens to imports that switch the language. */
export interface ImportChoice {
  /** `rego.v1` is added unless it is there, and stands for all of `future.keywords`. */
  readonly addsV1: boolean
  /** Neither `rego.v1` nor `future.keywords` is written, other than `future.keywords.not`, which v1 does not imply. */
  readonly drops: boolean
}

/** An import to write. */
export interface ListedImport {
  readonly path: readonly string[]
  readonly alias?: string
  /** The row where it stands, or would. */
  readonly row: number
  /** The offset in the old text. */
  readonly start: number
  readonly isAdded?: true
}

/** The imports to write, in order. `rego.v1` is added to those above the first rule, since it holds from there on. */
export function chooseImports(
  imports: readonly Import[],
  { addsV1, drops }: ImportChoice,
  firstRule: number,
): ListedImport[] {
  const own = addsV1 ? imports.find(({ path }) => isRegoV1(path)) : undefined
  const chosen = imports.filter((one) => one === own || !(addsV1 || drops) || !isLanguage(one.path))
  const listed = chosen.map(({ path, alias, location: { row, start } }): ListedImport => {
    return { path, row, start, ...(alias !== undefined && { alias }) }
  })
  if (!addsV1 || own !== undefined) return listed
  const above = imports.findLast(({ location }) => location.start < firstRule)
  const row = above === undefined ? Number.POSITIVE_INFINITY : above.location.row + 1
  const place = listed.filter(({ start }) => start < firstRule).length
  return listed.toSpliced(place, 0, { path: REGO_V1, row, start: above?.location.start ?? 0, isAdded: true })
}

/** Writes imports that stand together, a blank line after each group. */
export function writeImports(out: CommentWriter, imports: readonly ListedImport[]): void {
  for (const group of groupsOf(imports)) {
    const [first] = group
    if (first !== undefined && first.isAdded === undefined) out.commentsAbove(first.row)
    const lines = group.map((one) => {
      const comment = one.isAdded === undefined ? out.takeComment(one.row) : undefined
      return { one, comment: comment === undefined ? '' : ` ${comment}` }
    })
    lines.sort((left, right) => compareImports(left.one, right.one))
    for (const { one, comment } of lines) {
      out.startLine()
      out.write(`import ${pathText(one.path)}${one.alias === undefined ? '' : ` as ${one.alias}`}${comment}`)
      out.endLine()
    }
    out.blankLine()
  }
}

function groupsOf(imports: readonly ListedImport[]): ListedImport[][] {
  const groups: ListedImport[][] = []
  let row = Number.NEGATIVE_INFINITY
  for (const one of imports) {
    const group = groups.at(-1)
    if (group === undefined || one.row - row > 1) groups.push([one])
    else group.push(one)
    row = one.row
  }
  return groups
}

function compareImports(left: ListedImport, right: ListedImport): number {
  const end = Math.min(left.path.length, right.path.length)
  for (let place = 0; place < end; place++) {
    const order = compareStrings(left.path[place] as string, right.path[place] as string)
    if (order !== 0) return order
  }
  if (left.path.length !== right.path.length) return left.path.length - right.path.length
  return compareStrings(left.alias ?? '', right.alias ?? '')
}

function isRegoV1(path: readonly string[]): boolean {
  return path[0] === 'rego' && path[1] === 'v1'
}

function isLanguage(path: readonly string[]): boolean {
  return isRegoV1(path) || (path[0] === 'future' && path[1] === 'keywords' && path[2] !== 'not')
}
