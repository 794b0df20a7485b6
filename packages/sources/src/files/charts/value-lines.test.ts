/** Where values are written. */
import { expect, test } from 'vitest'

import { ValueLines, valuesPath } from './value-lines.ts'

const TEXTS: Readonly<Record<string, string>> = {
  'values.yaml': 'image:\n  tag: a\nweb:\n  port: 80\nlist:\n  - a: 1\n  - a: 2\n',
  'charts/web/values.yaml': 'port: 8080\n"a.b": 1\n',
}
const lines = new ValueLines(
  ({ name }) => TEXTS[name],
  ({ name }) => `chart/${name}`,
)

test.each<[kind: 'chart' | 'file' | 'set', name: string, path: readonly (string | number)[], line: number]>([
  ['chart', 'values.yaml', ['image', 'tag'], 2],
  ['chart', 'values.yaml', ['image', 'missing', 'deep'], 1],
  ['chart', 'values.yaml', ['web', 'port'], 4],
  ['chart', 'charts/web/values.yaml', ['web', 'port'], 1],
  ['chart', 'charts/web/values.yaml', ['alias', 'a.b'], 2],
  ['file', 'values.yaml', ['list', 1, 'a'], 7],
  ['set', 'a=b', ['a'], 0],
  ['chart', 'charts/gone/values.yaml', ['gone', 'a'], 0],
])('of %s %s at %j', (kind, name, path, line) => {
  expect(lines.line({ kind, name }, path)).toEqual({ file: `chart/${name}`, line })
})

test('paths are as templates write them', () => {
  expect(valuesPath(['image', 'tag'])).toBe('.Values.image.tag')
  expect(valuesPath(['ports', 0, 'a-b'])).toBe('.Values.ports[0].a-b')
  expect(valuesPath(['annotations', 'a.b/c'])).toBe('.Values.annotations["a.b/c"]')
  expect(valuesPath([])).toBe('.Values')
})
