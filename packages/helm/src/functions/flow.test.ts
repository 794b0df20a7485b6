import { expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'

const values = 'flag: false\nzero: 0\nempty: ""\ntext: x\nmap: {}\n'

test.each([
  ['default "d" .Values.flag', 'd'],
  ['default true .Values.flag', 'true'],
  ['default 5 .Values.zero', '5'],
  ['default "d" .Values.empty', 'd'],
  ['default "d" .Values.map', 'd'],
  ['default "d" .Values.missing', 'd'],
  ['default "d" .Values.text', 'x'],
  ['default "d"', 'd'],
  ['default "d" .Release | len', '6'],
  ['empty .Chart', 'false'],
  ['empty .Values.missing', 'true'],
  ['coalesce .Values.empty .Values.zero .Values.text "d"', 'x'],
  ['coalesce | toJson', 'null'],
  ['all 1 "a" true', 'true'],
  ['all 1 ""', 'false'],
  ['any 0 "" nil', 'false'],
  ['any 0 "a"', 'true'],
  ['ternary "yes" "no" .Values.flag', 'no'],
])('%s', (call, text) => {
  expect(output(`{{ ${call} }}`, values)).toBe(text)
})

test.each([
  ['ternary "yes" "no" .Values.text', 'wrong type for value; expected bool; got string'],
  ['ternary "yes" "no" .Values.missing', 'wrong type for value; expected bool; got interface {}'],
])('%s fails', (call, reason) => {
  expect(output(`{{ ${call} }}`, values)).toContain(reason)
})
