/** Names and ids from people, made into controls. */
import { describe, expect, test } from 'vitest'

import { FRAMEWORKS, LIBRARY } from '@kubescape/controls'

import { selectControls, SelectionError, type SelectionRequest } from './selection.ts'

const idsOf = (request: SelectionRequest): string[] => selectControls(request).controls.map(({ id }) => id)

function errorOf(request: SelectionRequest): SelectionError {
  try {
    selectControls(request)
  } catch (error) {
    if (error instanceof SelectionError) return error
    throw error
  }
  throw new Error('was selected')
}

describe('frameworks', () => {
  test.each(['NSA', 'nsa', ' Nsa ', 'nsaframework', 'NSAFramework'])('are found as "%s"', (name) => {
    expect(selectControls({ frameworks: [name] }).frameworks.map((framework) => framework.name)).toEqual(['NSA'])
  })

  test('give their controls in the order of ids, each once', () => {
    const ids = idsOf({ frameworks: ['MITRE', 'NSA', 'mitre'] })
    expect(ids).toEqual([...new Set(ids)].toSorted())
    expect(ids).toEqual(expect.arrayContaining(['C-0002', 'C-0270', 'C-0014']))
    expect(selectControls({ frameworks: ['MITRE', 'NSA', 'mitre'] }).frameworks).toHaveLength(2)
  })

  test('called all are every framework', () => {
    const { frameworks, controls, named } = selectControls({ frameworks: ['all'] })
    expect(frameworks).toEqual(FRAMEWORKS)
    expect(controls).toEqual(LIBRARY)
    expect(named).toBe(false)
  })

  test('take in every control of the library', () => {
    expect(selectControls({ frameworks: ['AllControls'] }).controls).toEqual(LIBRARY)
  })

  test('that do not exist are an error with the nearest names', () => {
    const error = errorOf({ frameworks: ['MITER'] })
    expect(error.message).toBe('unknown framework "MITER"')
    expect(error.hint).toContain('Did you mean "MITRE"?')
    expect(error.hint).toContain('kubescape list frameworks')
  })

  test('with an empty name are an error', () => {
    expect(errorOf({ frameworks: ['NSA', ' '] }).message).toBe('an empty framework name')
  })
})

describe('controls', () => {
  test.each(['C-0057', 'c-0057', 'Privileged container', 'PRIVILEGED CONTAINER '])('are found as "%s"', (name) => {
    expect(idsOf({ controls: [name] })).toEqual(['C-0057'])
    expect(selectControls({ controls: [name] }).named).toBe(true)
  })

  test('that were named join those of the frameworks', () => {
    const ids = idsOf({ frameworks: ['SOC2'], controls: ['C-0057'] })
    expect(ids).toEqual(['C-0012', 'C-0035', 'C-0057', 'C-0067', 'C-0186', 'C-0260', 'C-0263', 'C-0264'])
  })

  test('are all of the library when nothing is asked for', () => {
    expect(idsOf({})).toEqual(LIBRARY.map(({ id }) => id))
  })

  test('that do not exist are an error with the nearest names', () => {
    expect(errorOf({ controls: ['C-9957'] }).message).toBe('unknown control "C-9957"')
    expect(errorOf({ controls: ['Priviledged container'] }).hint).toContain('Did you mean "Privileged container"')
    expect(errorOf({ include: ['nonsense'] }).message).toBe('unknown control "nonsense"')
    expect(errorOf({ exclude: ['nonsense'] }).message).toBe('unknown control "nonsense"')
    expect(errorOf({ controls: ['entirely different words'] }).hint).not.toContain('Did you mean')
  })

  test('can be included and excluded by id and name', () => {
    expect(idsOf({ frameworks: ['NSA'], include: ['c-0057', 'Container hostPort', 'C-0073'] })).toEqual([
      'C-0044',
      'C-0057',
    ])
    expect(idsOf({ controls: ['C-0057', 'C-0044'], exclude: ['Container hostPort'] })).toEqual(['C-0057'])
    expect(idsOf({ frameworks: ['NSA'], include: ['C-0057', 'C-0044'], exclude: ['C-0057'] })).toEqual(['C-0044'])
  })

  test('are found by the numbers of the frameworks that were asked for', () => {
    const { controls } = selectControls({ frameworks: ['cis-v1.23-t1.0.1'], include: ['1.1.1', 'CIS-1.1.2'] })
    expect(controls.map(({ id }) => id)).toEqual(['C-0092', 'C-0093'])
    expect(errorOf({ frameworks: ['cis-v1.23-t1.0.1'], include: ['9.9.9'] }).message).toBe('unknown control "9.9.9"')
  })

  test('that leave nothing are an error', () => {
    expect(errorOf({ controls: ['C-0057'], exclude: ['C-0057'] }).message).toBe('no control is left to run')
    expect(errorOf({ frameworks: ['SOC2'], include: ['C-0057'] }).message).toBe('no control is left to run')
  })
})
