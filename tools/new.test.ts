import { expect, test } from 'vitest'
import { controlScaffold } from './new.ts'

test('a control goes to the folder of its category, named for its id and name', () => {
  const { path, text } = controlScaffold('C-0057', 'Privileged container', 'workload', [])
  expect(path).toBe('packages/controls/src/library/workload/c-0057-privileged-container.ts')
  expect(text).toContain("id: 'C-0057'")
  expect(text).toContain("name: 'Privileged container'")
  expect(text).toContain("category: 'Workload'")
})

test('a new control does not pass for a finished one', () => {
  const { text } = controlScaffold('C-0057', 'Privileged container', 'workload', [])
  expect(text).toContain('FILL-IN')
  expect(text).toContain('checks: []')
})

test('quotes in a name survive, and leave the file name', () => {
  const { path, text } = controlScaffold('C-0900', "The pod's  (own) port", 'network', [])
  expect(path).toBe('packages/controls/src/library/network/c-0900-the-pod-s-own-port.ts')
  expect(text).toContain(`name: "The pod's  (own) port"`)
})

test.each([
  ['an id that is none', 'c-57', 'Name', 'workload', 'is not an id'],
  ['an id with a path', 'C-0057/..', 'Name', 'workload', 'is not an id'],
  ['a name without letters', 'C-0057', '...', 'workload', 'at least one letter'],
  ['a category that does not exist', 'C-0057', 'Name', '../..', 'no category'],
  ['an id that is taken', 'C-0058', 'Name', 'workload', 'C-0058 exists'],
])('%s is refused', (_, id, name, category, message) => {
  expect(() => controlScaffold(id, name, category, ['network/c-0058-a.ts'])).toThrow(message)
})
