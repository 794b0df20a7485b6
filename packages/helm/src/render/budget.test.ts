import { expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'

const few = { limits: { steps: 3000 } }
const loop = (body: string) => `{{ range until 100 }}${body}{{ end }}`

test('what a chart usually does is within few steps', () => {
  expect(output(loop('{{ $x := printf "%d-%s" . "a" | quote }}'), '', few)).toBe('')
})

test.each([
  ['arguments', loop(`{{ $x := list ${'1 '.repeat(400)}}}`)],
  ['operands of and', loop(`{{ $x := and ${'1 '.repeat(400)}}}`)],
  ['commands of a pipeline', loop(`{{ $x := 1 ${'| toString '.repeat(100)}}}`)],
  ['fields', `{{ $d := dict }}{{ $_ := set $d "d" $d }}${loop(`{{ $x := $d${'.d'.repeat(800)} }}`)}`],
  ['variables to look through', `{{ $a := 1 }}${'{{ $b := 1 }}'.repeat(900)}${loop('{{ $x := $a }}')}`],
  [
    'keys to sort',
    `{{ $d := dict }}${loop('{{ $_ := set $d (toString .) 1 }}')}${loop('{{ range $d }}{{ break }}{{ end }}')}`,
  ],
  ['texts to read', `{{ $t := repeat 900 "a" }}${loop('{{ $x := contains "b" $t }}{{ $x = len $t }}')}`],
  ['texts to make', loop('{{ $x := printf "%09999d" 1 }}')],
  ['items to compare', `{{ $l := until 100 }}${loop('{{ $x := has 100 $l }}')}`],
])('many %s are too many steps', (_, template) => {
  expect(output(template, '', few)).toMatch(/the templates take more than 3000 steps$/)
})
