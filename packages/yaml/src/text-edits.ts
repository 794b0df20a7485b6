/** From edits of single fields to edits of a text: what goes into the same place goes in together. */
import type { FieldEdit, Insertion, TextEdit } from './field-edit.ts'
import type { PathStep } from './path.ts'
import { keyText } from './scalar-text.ts'

/** The edits in the order of the text, none touching another; undefined when they contradict each other. */
export function textEdits(edits: readonly FieldEdit[]): TextEdit[] | undefined {
  const replacements: TextEdit[] = []
  const insertions = new Map<number, Insertion[]>()
  for (const edit of edits) {
    if (edit.kind === 'insert') insertions.set(edit.start, [...(insertions.get(edit.start) ?? []), edit])
    else if (!replacements.some((each) => isSame(each, edit))) {
      replacements.push({ start: edit.start, end: edit.end, text: edit.text })
    }
  }
  for (const [start, group] of insertions) {
    const text = insertedText(group)
    if (text === undefined) return undefined
    replacements.push({ start, end: start, text })
  }
  replacements.sort((a, b) => a.start - b.start || a.end - b.end)
  const isApart = replacements.every((edit, at) => at === 0 || (replacements[at - 1]?.end ?? 0) < edit.start)
  return isApart ? replacements : undefined
}

/** A text with edits made; they are in its order and apart, as `textEdits` gives them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = ''
  let done = 0
  for (const { start, end, text: inserted } of edits) {
    edited += text.slice(done, start) + inserted
    done = end
  }
  return edited + text.slice(done)
}

type Tree = Map<PathStep, Tree | string>

function insertedText(group: readonly Insertion[]): string | undefined {
  const [first] = group
  if (first === undefined) return undefined
  const tree: Tree = new Map()
  for (const { steps, value } of group) if (!grow(tree, steps, value)) return undefined
  const { at, indent, newline, isJson, isEmpty } = first
  if (at === 'brace') return `${flowEntries(tree, isJson)}${isEmpty ? '' : ', '}`
  const block = blockLines(tree, indent)
  return at === 'before'
    ? `${block.join(newline).slice(indent.length)}${newline}${indent}`
    : `${newline}${block.join(newline)}`
}

/** False when another value is there already, or something that is not of the same shape. */
function grow(tree: Tree, [step, ...rest]: readonly PathStep[], value: string): boolean {
  if (step === undefined) return false
  const known = tree.get(step)
  if (rest.length === 0) {
    if (known !== undefined) return known === value
    tree.set(step, value)
    return true
  }
  if (typeof known === 'string') return false
  const below: Tree = known ?? new Map<PathStep, Tree | string>()
  tree.set(step, below)
  const isList = typeof rest[0] === 'number'
  return [...below.keys()].every((key) => (typeof key === 'number') === isList) && grow(below, rest, value)
}

function blockLines(tree: Tree, indent: string): string[] {
  return [...tree].flatMap(([step, below]) => {
    const head = `${indent}${typeof step === 'number' ? '-' : `${keyText(step)}:`}`
    if (typeof below === 'string') return [`${head} ${below}`]
    // The first entry of a list item stands behind its dash.
    const lines = blockLines(below, `${indent}  `)
    return typeof step === 'number' ? [`${head} ${(lines[0] ?? '').trimStart()}`, ...lines.slice(1)] : [head, ...lines]
  })
}

function flowEntries(tree: Tree, isJson: boolean): string {
  const entries = [...tree].map(([step, below]) => {
    const value = typeof below === 'string' ? (isJson ? jsonScalar(below) : below) : flowCollection(below, isJson)
    return typeof step === 'number' ? value : `${isJson ? JSON.stringify(step) : keyText(step)}: ${value}`
  })
  return entries.join(', ')
}

function flowCollection(tree: Tree, isJson: boolean): string {
  const entries = flowEntries(tree, isJson)
  return [...tree.keys()].every((key) => typeof key === 'number') ? `[${entries}]` : `{${entries}}`
}

function jsonScalar(text: string): string {
  return /^(?:"|true$|false$|\d+$)/.test(text) ? text : JSON.stringify(text)
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text
}
