/** Exit codes and the flag that asks for them. */
import { describe, expect, test } from 'vitest'

import { exitCodeOf, readExitCodes, spellOutExitCodes, typedExitCodes } from './exit-codes.ts'

describe('--exit-code-map', () => {
  test('left out, makes every failure 1', () => {
    expect(new Set(Object.values(readExitCodes(undefined)))).toEqual(new Set([1]))
  })

  test('alone, tells failures apart as documented', () => {
    const codes = { usage: 2, threshold: 3, coverage: 4, 'degraded-config': 5, baseline: 6, error: 1 }
    expect(readExitCodes('default')).toEqual(codes)
  })

  test('with codes, changes only what it names', () => {
    expect(readExitCodes('threshold=10, coverage=125')).toMatchObject({ threshold: 10, coverage: 125, usage: 1 })
  })

  test.each([
    ['', 'does not know ""'],
    ['threshold', 'does not know "threshold"'],
    ['threshold=', 'does not know "threshold="'],
    ['threshhold=3', 'does not know "threshhold=3"'],
    ['constructor=3', 'does not know "constructor=3"'],
    ['threshold=3,', 'does not know ""'],
    ['threshold=0', 'the code of threshold is 0'],
    ['threshold=126', 'the code of threshold is 126'],
    ['threshold=-1', 'does not know "threshold=-1"'],
  ])('"%s" is refused', (value, message) => {
    expect(() => readExitCodes(value)).toThrow(message)
  })

  test.each([
    [
      ['--exit-code-map', 'pod.yaml'],
      ['--exit-code-map=default', 'pod.yaml'],
    ],
    [['--exit-code-map'], ['--exit-code-map=default']],
    [
      ['--exit-code-map', 'default', 'x'],
      ['--exit-code-map=default', 'x'],
    ],
    [
      ['--exit-code-map', 'usage=7,error=8', 'x'],
      ['--exit-code-map=usage=7,error=8', 'x'],
    ],
    [
      ['--exit-code-map=usage=7', 'usage=7'],
      ['--exit-code-map=usage=7', 'usage=7'],
    ],
    [
      ['a=1', '--verbose'],
      ['a=1', '--verbose'],
    ],
  ])('%j is spelt out as %j', (args, spelt) => {
    expect(spellOutExitCodes(args)).toEqual(spelt)
  })

  test('counts for a command line that cannot be read otherwise, as far as it makes sense', () => {
    expect(typedExitCodes(['scan', '--nosuch', '--exit-code-map']).usage).toBe(2)
    expect(typedExitCodes(['scan', '--exit-code-map', 'usage=9', '--nosuch']).usage).toBe(9)
    expect(typedExitCodes(['scan', '--exit-code-map=cheese']).usage).toBe(1)
    expect(typedExitCodes(['scan']).usage).toBe(1)
  })
})

test('of several endings the first in the order of gates decides', () => {
  const codes = readExitCodes('default')
  expect(exitCodeOf([], codes)).toBe(0)
  expect(exitCodeOf(['error', 'baseline', 'threshold'], codes)).toBe(3)
  expect(exitCodeOf(['error', 'coverage'], codes)).toBe(4)
})
