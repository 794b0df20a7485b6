import { describe, expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'

const values = `
whole: 5
half: 2.5
million: 1000000
text: "0x1F"
`

describe('conversion', () => {
  test.each([
    ['int "010"', '8'],
    ['int "0x10"', '16'],
    ['int "1_000"', '1000'],
    ['int "3.9"', '0'],
    ['int "3.00"', '3'],
    ['int 3.9', '3'],
    ['int -3.9', '-3'],
    ['int true', '1'],
    ['int nil', '0'],
    ['int (list 1)', '0'],
    ['int "9223372036854775808"', '0'],
    ['int 1e300', '-9223372036854775808'],
    ['int .Values.million', '1000000'],
    ['int64 .Values.text | typeOf', 'int64'],
    ['float64 "1e3"', '1000'],
    ['float64 "x"', '0'],
    ['float64 "1e999"', '0'],
    ['atoi "010"', '10'],
    ['atoi "x"', '0'],
    ['toDecimal "0777"', '511'],
    ['toDecimal 89', '0'],
    ['toDecimal .Values.million', '0'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`, values)).toBe(text)
  })
})

describe('whole arithmetic has 64 bits', () => {
  test.each([
    ['add', '0'],
    ['add 1 "2" .Values.half', '5'],
    ['add 9223372036854775807 1', '-9223372036854775808'],
    ['add1 -1', '0'],
    ['sub 1 3', '-2'],
    ['mul 2 "3" 4.9', '24'],
    ['mul 4611686018427387904 2 1', '-9223372036854775808'],
    ['div -7 2', '-3'],
    ['mod -7 2', '-1'],
    ['div -9223372036854775808 -1', '-9223372036854775808'],
    ['max 1 "9" 3.7', '9'],
    ['min 1 -2.9', '-2'],
    ['biggest 1', '1'],
    ['add .Values.whole 1 | typeOf', 'int64'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`, values)).toBe(text)
  })

  test('a division by zero is an error', () => {
    expect(output('{{ div 1 0 }}')).toContain('error calling div: runtime error: integer divide by zero')
    expect(output('{{ mod 1 "x" }}')).toContain('error calling mod: runtime error: integer divide by zero')
  })
})

describe('arithmetic with fractions is decimal', () => {
  test.each([
    ['addf 0.1 0.2', '0.3'],
    ['addf', '0'],
    ['add1f 0.1', '1.1'],
    ['subf 0.3 0.1 0.1', '0.1'],
    ['mulf 1.1 1.1', '1.21'],
    ['divf 1 3', '0.3333333333333333'],
    ['divf 2 3', '0.6666666666666667'],
    ['divf -2 3', '-0.6666666666666667'],
    ['divf 2e20 1e-5', '2e+25'],
    ['mulf 1e308 10 | toString', '+Inf'],
    ['maxf 1 "2.5"', '2.5'],
    ['minf 1 -2.5', '-2.5'],
    ['ceil 1.2', '2'],
    ['floor -1.2', '-2'],
    ['round 2.5 0', '3'],
    ['round 123.5555 3', '123.556'],
    ['round 123.4 0 0.3', '124'],
    ['round 1234 -2', '1200'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('what is no decimal is an error', () => {
    expect(output('{{ divf 1 0 }}')).toContain('decimal division by 0')
    expect(output('{{ addf "NaN" }}')).toContain('Cannot create a Decimal from NaN')
    expect(output('{{ addf "-Inf" }}')).toContain('Cannot create a Decimal from -Inf')
  })
})

describe('sequences', () => {
  test.each([
    ['until 3', '[0 1 2]'],
    ['until -3', '[0 -1 -2]'],
    ['untilStep 0 7 3', '[0 3 6]'],
    ['untilStep 7 0 -3', '[7 4 1]'],
    ['untilStep 0 7 -1', '[]'],
    ['untilStep 3 3 1', '[]'],
    ['until 1 | typeOf', '[]int'],
    ['seq 3', '1 2 3'],
    ['seq -1', '1 0 -1'],
    ['seq 2 4', '2 3 4'],
    ['seq 4 2', '4 3 2'],
    ['seq 1 2 6', '1 3 5'],
    ['seq 6 -2 1', '6 4 2'],
    ['seq 6 2 1', ''],
    ['seq 1 2 3 4', ''],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('numbers of values are float64, which no sequence takes', () => {
    expect(output('{{ until .Values.whole }}', values)).toContain('wrong type for value; expected int; got float64')
  })
})
