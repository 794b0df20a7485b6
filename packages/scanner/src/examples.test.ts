/** The examples of controls, `packages/controls/examples`: what is bad fails, what is good passes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { LIBRARY, type ControlDeclaration } from '@kubescape/controls'
import { identityOf, type ValueMap } from '@kubescape/resources'

import { makeInputs } from './inputs.ts'
import { judged, outcomeOf } from './judgement.ts'
import { Plan } from './plan.ts'

const folder = join(import.meta.dirname, '../../controls/examples')

/** Controls that nothing they look at can pass. */
const INVENTORIES = ['C-0026', 'C-0036', 'C-0039', 'C-0053', 'C-0209', 'C-0222', 'C-0232', 'C-0251', 'C-0308']
const EVERY_VALUE_FAILS = ['C-0132', 'C-0133', 'C-0144']
const NO_GOOD: Readonly<Record<string, string>> = {
  ...Object.fromEntries(INVENTORIES.map((id) => [id, 'an inventory: it lists what there is'])),
  ...Object.fromEntries(EVERY_VALUE_FAILS.map((id) => [id, 'whether a value is right is for a person to say'])),
}

/** Controls that a person judges: there is nothing to show. */
const NO_EXAMPLES = new Set(LIBRARY.filter(({ checks }) => checks.length === 0).map(({ id }) => id))

describe.each(LIBRARY.map((control) => [control.id, control] as const))('%s', (id, control) => {
  test.skipIf(NO_EXAMPLES.has(id))('has a bad example that fails', () => {
    expect(outcomes('bad', control)).toContain(
      control.actionRequired === 'requires review' || control.actionRequired === 'manual review'
        ? `skipped: ${control.actionRequired}`
        : 'failed',
    )
  })

  test.skipIf(NO_EXAMPLES.has(id) || Object.hasOwn(NO_GOOD, id))('has a good example that passes', () => {
    expect(new Set(outcomes('good', control))).toEqual(new Set(['passed']))
  })
})

test('there are no examples of other controls', () => {
  const ids = new Set(LIBRARY.map(({ id }) => id.toLowerCase()))
  for (const [name, extension] of [
    ['bad', '.yaml'],
    ['good', '.yaml'],
    ['inputs', '.json'],
  ] as const) {
    const others = readdirSync(join(folder, name)).filter(
      (file) => !file.endsWith(extension) || !ids.has(file.slice(0, -extension.length)),
    )
    expect(others).toEqual([])
  }
})

/** What the control says of every object or subject that it tests. */
function outcomes(name: 'bad' | 'good', control: ControlDeclaration): string[] {
  const file = control.id.toLowerCase()
  const text = readFileSync(join(folder, name, `${file}.yaml`), 'utf8')
  expect(text.split('\n').length).toBeLessThanOrEqual(60)
  const config = join(folder, 'inputs', `${file}.json`)
  const inputs = makeInputs(existsSync(config) ? JSON.parse(readFileSync(config, 'utf8')) : undefined)
  const plan = new Plan([control], inputs)
  for (const document of parseAllDocuments(text)) {
    expect(document.errors).toEqual([])
    const object = document.toJS() as ValueMap
    const identity = identityOf(object)
    expect(identity, text).toBeDefined()
    if (identity !== undefined) plan.take({ identity, object }, true)
  }
  plan.join()
  expect(plan.problems).toEqual([])
  const columns = judged(control, plan.columns, inputs)
  return plan.subjects.list.flatMap((_, ref) => {
    const outcome = outcomeOf(columns, ref)
    if (outcome === undefined) return []
    return outcome.subStatus === '' ? outcome.status : `${outcome.status}: ${outcome.subStatus}`
  })
}
