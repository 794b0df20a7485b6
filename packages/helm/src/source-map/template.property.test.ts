import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  Budget,
  Dict,
  ExecutionError,
  LimitError,
  List,
  PlainOutput,
  SyntaxProblem,
  type Template,
  TemplateSet,
  type Value,
  execute,
  parseTemplate,
  printNode,
} from '@kubescape/go-template'
import { TracedOutput, ValueTracer } from './index.ts'

const PIECES = [
  '{{ ',
  ' }}',
  '{{- ',
  ' -}}',
  '/* c */',
  'if',
  'else',
  'else if',
  'end',
  'range',
  'with',
  'define "t"',
  'block "t" .',
  'template "t"',
  'break',
  'continue',
  ' ',
  '\n',
  '.',
  '.a',
  '.a.b',
  '.list',
  '$',
  '$x',
  ':=',
  '=',
  ',',
  '|',
  '(',
  ')',
  'print',
  'printf "%s"',
  'index',
  'len',
  'eq',
  'and',
  'or',
  'not',
  'nil',
  'true',
  '1',
  '-2.5',
  "'c'",
  '"text"',
  '`raw`',
  'é',
  '😀',
  '\udc80',
  'plain: text\n',
  '{{',
  '}}',
]
const OPERAND = fc.constantFrom(
  '.',
  '.a',
  '.a.b',
  '.list',
  '$',
  '$x',
  '1',
  '"t"',
  'nil',
  '(.a).b',
  '(index .list 1)',
  '(print $x)',
)
const COMMAND = fc
  .tuple(
    fc.constantFrom('print', 'printf "%v-%s"', 'len', 'index', 'eq', 'and', 'or', 'not', 'slice', ''),
    OPERAND,
    OPERAND,
  )
  .map(([name, first, second]) => `${name} ${first}${name === '' ? '' : ` ${second}`}`)
const PIPELINE = fc.array(COMMAND, { minLength: 1, maxLength: 2 }).map((commands) => commands.join(' | '))
const { list: TEMPLATE } = fc.letrec<{ list: string; node: string }>((tie) => ({
  list: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a: b\n', '  - x\n', '{{ template "t" . }}', '{{ $x = .list }}', '{{- /* note */ -}}'),
    PIPELINE.map((pipeline) => `{{- ${pipeline} }}`),
    fc
      .tuple(fc.constantFrom('if', 'with', 'range', 'range $i, $e :='), PIPELINE, tie('list'), tie('list'))
      .map(([word, pipeline, list, otherwise]) => `{{ ${word} ${pipeline} }}${list}{{ else }}${otherwise}{{ end }}`),
  ),
}))
const TEXT = fc.oneof(
  TEMPLATE.map((text) => `{{ define "t" }}{{ . }}{{ end }}{{ $x := 1 }}${text}`),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string(),
)
const DOT = new Dict(
  new Map<string, Value>([
    ['a', new Dict(new Map<string, Value>([['b', 'text']]))],
    ['list', new List([1, 'x', null])],
  ]),
)

function parsed(text: string): Template[] | SyntaxProblem {
  try {
    return parseTemplate('page', text, new Map())
  } catch (error) {
    if (error instanceof SyntaxProblem) return error
    throw error
  }
}

/** What the template writes, and how it ends. */
function outcome(templates: readonly Template[], isTraced: boolean): readonly [string, string] {
  const budget = new Budget({ steps: 20_000 })
  const output = isTraced ? new TracedOutput(budget) : new PlainOutput(budget)
  const set = new TemplateSet()
  set.add(templates)
  const context = { now: 0, randomBytes: () => new Uint8Array(), synthetic: () => undefined, spend: () => undefined }
  const [main] = templates
  try {
    if (main !== undefined) {
      execute(set, main, DOT, { context, budget, ...(isTraced && { tracer: new ValueTracer() }) }, output)
    }
  } catch (error) {
    if (!(error instanceof ExecutionError || error instanceof LimitError)) throw error
    return [output.text, error.message]
  }
  if (output instanceof TracedOutput) {
    expect(output.spans.reduce((sum, { length }) => sum + length, 0)).toBe(output.text.length)
  }
  return [output.text, '']
}

test('any text is read, or what is wrong is said; what was read prints to text that reads the same', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const templates = parsed(text)
      if (templates instanceof SyntaxProblem) return
      const [main] = templates
      const printed = main === undefined ? '' : printNode(main.root)
      const again = parsed(printed)
      // Text that holds the signs of an action, such as "{{" from trimmed text, cannot print back.
      if (again instanceof SyntaxProblem || again[0] === undefined) return
      expect(printNode(again[0].root)).toBe(printed)
    }),
    { numRuns: 2000 },
  )
})

test('any template ends, and writes the same with a source map', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const templates = parsed(text)
      if (templates instanceof SyntaxProblem) return
      expect(outcome(templates, true)).toEqual(outcome(templates, false))
    }),
    { numRuns: 2000 },
  )
})
