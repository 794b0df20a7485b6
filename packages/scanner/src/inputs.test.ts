/** What users set over the defaults. */
import { describe, expect, test } from 'vitest'

import { DEFAULT_INPUTS } from '@kubescape/controls'

import { makeInputs } from './inputs.ts'

test('without a file the defaults hold', () => {
  expect(makeInputs(undefined)).toEqual(DEFAULT_INPUTS)
  expect(makeInputs({})).toEqual(DEFAULT_INPUTS)
})

test('a list replaces its default, and only that', () => {
  const inputs = makeInputs({ insecureCapabilities: ['ALL'], sensitiveKeyNames: [] })
  expect(inputs).toEqual({ ...DEFAULT_INPUTS, insecureCapabilities: ['ALL'], sensitiveKeyNames: [] })
  expect(DEFAULT_INPUTS.insecureCapabilities.length).toBeGreaterThan(1)
})

describe('an error', () => {
  test.each([null, [], 'text', 3])('is said of %j in place of a map', (value) => {
    expect(() => makeInputs(value)).toThrow('the control inputs are not a map')
  })

  test('suggests the nearest name', () => {
    expect(() => makeInputs({ imageRepositoryAllowlists: [] })).toThrow(
      expect.objectContaining({
        message: 'unknown control input "imageRepositoryAllowlists"',
        hint: 'Did you mean "imageRepositoryAllowList"?',
      }),
    )
  })

  test.each(['entirelyDifferent', 'constructor'])('is said of the unknown name %s', (name) => {
    expect(() => makeInputs({ [name]: [] })).toThrow(`unknown control input "${name}"`)
  })

  test('is said of a name that is called like the prototype', () => {
    expect(() => makeInputs(JSON.parse('{"__proto__": ["a"]}'))).toThrow('unknown control input "__proto__"')
  })

  test.each(['ALL', null, { a: 'b' }, ['ALL', 3], [null]])('is said of the value %j, with the default', (value) => {
    expect(() => makeInputs({ max_high_vulnerabilities: value })).toThrow(
      expect.objectContaining({
        message: 'the control input "max_high_vulnerabilities" is not a list of texts',
        hint: expect.stringContaining('["10"]') as string,
      }),
    )
  })

  test.each(['sensitiveValues', 'sensitiveValuesAllowed'])('is said of a pattern of %s that cannot be read', (name) => {
    expect(() => makeInputs({ [name]: ['fine', '('] })).toThrow(
      `the control input "${name}" has a value that cannot be used`,
    )
  })

  test.each([
    ['max_critical_vulnerabilities', 'many', '"many" is no number'],
    ['max_high_vulnerabilities', '-1', '"-1" is no number'],
    ['memory_limit_max', 'much', '"much" is no quantity, such as 500m or 256Mi'],
    ['sandbox_cpu_limit_max', '1 core', '"1 core" is no quantity, such as 500m or 256Mi'],
  ])('is said of the value %s: %s', (name, value, why) => {
    expect(() => makeInputs({ [name]: [value] })).toThrow(
      `the control input "${name}" has a value that cannot be used: ${why}`,
    )
  })

  test('is not said of texts that are no patterns', () => {
    expect(makeInputs({ sensitiveKeyNames: ['('] }).sensitiveKeyNames).toEqual(['('])
  })
})
