/** How the text that a function gives comes from its arguments. */
import { List, type Span, type Value, plain, sprint, sprintf } from '@kubescape/go-template'
import { entriesOf, originAt, SpanList, spansOf, UNKNOWN } from './spans.ts'

/** Spans of the text, or undefined where the rule does not see how it was made. */
type TextRule = (args: readonly Value[], text: string) => readonly Span[] | undefined

/** Functions that put arguments into lists and maps: these may stay traced. Tells which. */
export const STORED_ARGUMENTS: ReadonlyMap<string, (at: number) => boolean> = new Map([
  ['list', () => true],
  ['tuple', () => true],
  ['dict', (at: number) => at % 2 === 1],
  ['set', (at: number) => at === 2],
  ['append', (at: number) => at === 1],
  ['push', (at: number) => at === 1],
  ['prepend', (at: number) => at === 1],
  ['mustAppend', (at: number) => at === 1],
  ['mustPush', (at: number) => at === 1],
  ['mustPrepend', (at: number) => at === 1],
])

/** Functions that give the first of their arguments that has content, in the order in which they look. */
export const CHOICES: ReadonlyMap<string, (args: readonly Value[]) => readonly Value[]> = new Map([
  ['default', (args: readonly Value[]) => args.toReversed()],
  ['coalesce', (args: readonly Value[]) => args],
  ['required', (args: readonly Value[]) => args.slice(1)],
])

/** Functions whose number is that of their argument, in another kind. */
export const CONVERSIONS: ReadonlySet<string> = new Set(['int', 'int64', 'float64', 'atoi'])

/** Rules of functions that give text. Those of one argument hold it as their last one. */
export const TEXT_RULES: ReadonlyMap<string, TextRule> = new Map<string, TextRule>([
  ...rules(part, 'trim', 'trimAll', 'trimall', 'trimSuffix', 'trimPrefix', 'trunc', 'substr', 'base', 'dir', 'ext'),
  ...rules(part, 'osBase', 'osDir', 'osExt', 'regexFind', 'mustRegexFind', 'abbrev'),
  ...rules(sameLength, 'upper', 'lower', 'title', 'untitle', 'swapcase'),
  ...rules(lines, 'indent', 'nindent'),
  ...rules(inOrder, 'quote', 'squote', 'toYaml', 'cat', 'print', 'println', 'html', 'toString', 'plural', 'wrapWith'),
  ['join', joined],
  ['printf', formatted],
  ['replace', replaced],
])

function rules(rule: TextRule, ...names: string[]): [string, TextRule][] {
  return names.map((name) => [name, rule])
}

/** The text is a part of the last argument. */
function part(args: readonly Value[], text: string): readonly Span[] | undefined {
  const source = args.at(-1)
  const from = plain(source)
  if (typeof from !== 'string') return undefined
  const start = from.startsWith(text) ? 0 : from.endsWith(text) ? from.length - text.length : from.indexOf(text)
  if (start === -1) return undefined
  const list = new SpanList()
  list.addSlice(spansOf(source, from), start, start + text.length)
  return text.length === from.length ? list.spans : list.spans.map(derive)
}

/** Every character stays in its place, as another one. */
function sameLength(args: readonly Value[], text: string): readonly Span[] | undefined {
  const from = plain(args.at(-1))
  return typeof from === 'string' && from.length === text.length ? spansOf(args.at(-1), from).map(derive) : undefined
}

/** Every line of the last argument, after something that was put before it. */
function lines(args: readonly Value[], text: string): readonly Span[] | undefined {
  const from = plain(args.at(-1))
  if (typeof from !== 'string') return undefined
  const spans = spansOf(args.at(-1), from)
  const list = new SpanList()
  let written = 0
  let read = 0
  while (read <= from.length) {
    const end = lineEnd(from, read)
    const found = read === end ? indexOfLineEnd(text, written) : text.indexOf(from.slice(read, end), written)
    if (found === -1) return undefined
    // The indentation is a matter of the line that it stands before.
    list.add(found - written, originAt(spans, read))
    list.addSlice(spans, read, Math.min(end + 1, from.length))
    written = found + Math.min(end + 1, from.length) - read
    read = end + 1
  }
  list.add(text.length - written, UNKNOWN)
  return list.spans
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end === -1 ? text.length : end
}

/** An empty line is found where the next line feed is, past the one that `nindent` writes first. */
function indexOfLineEnd(text: string, start: number): number {
  return lineEnd(text, start === 0 && text.startsWith('\n') ? 1 : start)
}

/** The arguments one after another, with something between them. */
function inOrder(args: readonly Value[], text: string): readonly Span[] | undefined {
  const list = new SpanList()
  let written = 0
  for (const arg of args) {
    const bare = plain(arg)
    if (bare === null || bare === undefined) continue
    const piece = sprint(bare)
    const found = text.indexOf(piece, written)
    if (found === -1) return undefined
    list.add(found - written, UNKNOWN)
    list.addSlice(spansOf(arg, piece), 0, piece.length)
    written = found + piece.length
  }
  list.add(text.length - written, UNKNOWN)
  return list.spans
}

/** The items of a list with the first argument between them. */
function joined([separator, items]: readonly Value[], text: string): readonly Span[] | undefined {
  if (!(items instanceof List)) return inOrder([items], text)
  const between = items.items.flatMap((item, at) => (at === 0 ? [item] : [separator, item]))
  return inOrder(between, text)
}

/** `printf`: what each verb writes is asked for alone. */
function formatted([format, ...args]: readonly Value[], text: string): readonly Span[] | undefined {
  const template = plain(format)
  if (typeof template !== 'string' || /[*[]/.test(template)) return undefined
  const spans = spansOf(format, template)
  const list = new SpanList()
  let [read, written, used] = [0, 0, 0]
  for (const verb of template.matchAll(/%[-+# 0]*\d*(?:\.\d*)?[a-zA-Z%]/g)) {
    list.addSlice(spans, read, verb.index)
    const isPercent = verb[0].endsWith('%')
    const arg = isPercent ? undefined : args[used]
    const piece = isPercent ? '%' : sprintf(verb[0], [plain(arg)])
    written += verb.index - read
    if (!text.startsWith(piece, written)) return undefined
    for (const span of inOrder([arg], piece) ?? whole(arg, piece)) list.add(span.length, span.origin)
    written += piece.length
    read = verb.index + verb[0].length
    if (!isPercent) used++
  }
  list.addSlice(spans, read, template.length)
  return written + template.length - read === text.length ? list.spans : undefined
}

function whole(value: Value, text: string): readonly Span[] {
  const [first, ...also] = entriesOf(value)
  return [{ length: text.length, origin: first === undefined ? UNKNOWN : { value: first, also, derived: true } }]
}

/** The last argument with the second one wherever the first one stood. */
function replaced([old, by, text]: readonly Value[], result: string): readonly Span[] | undefined {
  const [from, sought, put] = [plain(text), plain(old), plain(by)]
  if (typeof from !== 'string' || typeof sought !== 'string' || typeof put !== 'string' || sought === '')
    return undefined
  if (from.replaceAll(sought, () => put) !== result) return undefined
  const spans = spansOf(text, from)
  const list = new SpanList()
  let read = 0
  for (let found = from.indexOf(sought); found !== -1; found = from.indexOf(sought, read)) {
    list.addSlice(spans, read, found)
    list.add(put.length, derive({ length: put.length, origin: originAt(spans, found) }).origin)
    read = found + sought.length
  }
  list.addSlice(spans, read, from.length)
  return read === 0 ? list.spans : list.spans.map(derive)
}

/** The span as one of a text that is made from the value, but is not the value. */
function derive(span: Span): Span {
  const { length, origin } = span
  return origin.value === undefined || origin.derived === true ? span : { length, origin: { ...origin, derived: true } }
}
