import { parseValue, type Value } from '@kubescape/rego'
import { describe, expect, test } from 'vitest'

import { renderEvaluation, type EvalFormat, type EvalResult } from './eval-output.ts'

const value = (text: string): Value => parseValue(text) as Value

function result(
  expressions: readonly (readonly [text: string, column: number])[],
  ...solutions: readonly (readonly [values: readonly string[], bindings: Readonly<Record<string, string>>])[]
): EvalResult {
  return {
    expressions: expressions.map(([text, column]) => ({ text, row: 1, column })),
    solutions: solutions.map(([values, bindings]) => ({
      values: values.map(value),
      bindings: new Map(Object.entries(bindings).map(([name, text]) => [name, value(text)])),
    })),
    problems: [],
  }
}

const out = (shown: EvalResult, format: EvalFormat): string => renderEvaluation(shown, format).out

const set = result([['x := {"<a>", 1.5}', 1]], [['true'], { x: '{"<a>", 1.5}' }])
const two = result(
  [
    ['x := [1, 2][_]', 1],
    ['x + 1', 17],
  ],
  [['true', '2'], { x: '1' }],
  [['true', '3'], { x: '2' }],
)

describe('a solution', () => {
  test('as JSON, with the expressions as written, sets as arrays, numbers as they are', () => {
    expect(out(set, 'json')).toBe(`{
  "result": [
    {
      "expressions": [
        {
          "value": true,
          "text": "x := {\\"\\u003ca\\u003e\\", 1.5}",
          "location": {
            "row": 1,
            "col": 1
          }
        }
      ],
      "bindings": {
        "x": [
          1.5,
          "\\u003ca\\u003e"
        ]
      }
    }
  ]
}
`)
  })

  test('as a table of variables and of expressions that say more than true', () => {
    expect(out(two, 'pretty')).toBe(
      '┌───┬───────┐\n│ x │ x + 1 │\n├───┼───────┤\n│ 1 │ 2     │\n│ 2 │ 3     │\n└───┴───────┘\n',
    )
  })

  test.each<[EvalFormat, string]>([
    ['values', '[\n  true,\n  2\n]\n[\n  true,\n  3\n]\n'],
    ['bindings', '{\n  "x": 1\n}\n{\n  "x": 2\n}\n'],
    ['raw', 'true 2\ntrue 3\n'],
  ])('as %s', (format, expected) => {
    expect(out(two, format)).toBe(expected)
  })

  test('of one expression without variables is shown by itself', () => {
    expect(out(result([['data.a', 1]], [['{"b": {1: set()}}'], {}]), 'pretty')).toBe(
      '{\n  "b": {\n    "1": []\n  }\n}\n',
    )
  })
})

test('no solution', () => {
  const none = result([['data.a', 1]])
  expect(out(none, 'json')).toBe('{}\n')
  expect(out(none, 'pretty')).toBe('undefined\n')
  expect(out(none, 'values')).toBe('')
})

test('problems are JSON on standard output, or lines on standard error', () => {
  const location = { file: 'a.rego', row: 3, column: 2, start: 0, end: 1 }
  const wrong: EvalResult = {
    ...result([]),
    problems: [{ code: 'eval_builtin_error', message: 'div: divide by zero', location, hint: 'Test for zero.' }],
  }
  expect(JSON.parse(out(wrong, 'json'))).toEqual({
    errors: [
      {
        message: 'div: divide by zero',
        code: 'eval_builtin_error',
        location: { file: 'a.rego', row: 3, col: 2 },
        hint: 'Test for zero.',
      },
    ],
  })
  expect(renderEvaluation(wrong, 'pretty')).toEqual({
    out: '',
    error: '1 problem:\na.rego:3:2: eval_builtin_error: div: divide by zero\n  Test for zero.\n',
  })
})
