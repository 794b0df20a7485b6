/** The `scalar/read` cases of the shared conformance data, whose answers come from Go. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDocument, splitDocuments } from './index.ts'
import type { Value } from './index.ts'

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const file = join(shared, 'conformance/helm/yaml-scalars.jsonl')

interface Case {
  id: string
  files: Record<string, string>
  want: { error?: string; rendered?: Record<string, string> }
}

/** `kindOf` of sprig and the JSON of the value. */
function described(value: Value | undefined): { kind: string; json: unknown } {
  if (value === null || value === undefined) return { kind: 'invalid', json: null }
  if (typeof value === 'boolean') return { kind: 'bool', json: value }
  if (typeof value === 'number') return { kind: 'float64', json: value }
  if (typeof value === 'bigint') return { kind: 'float64', json: Number(value) }
  if (typeof value === 'string') return { kind: 'string', json: value }
  return { kind: Array.isArray(value) ? 'slice' : 'map', json: value }
}

describe.skipIf(!existsSync(file))(
  `scalars read as Go reads them${existsSync(file) ? '' : ' (skipped: no shared data)'}`,
  () => {
    const cases = existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line.includes('"scalar/read/'))
          .map((line) => JSON.parse(line) as Case)
      : []

    test('all cases are there', () => {
      expect(cases.length).toBe(70)
    })

    test.each(cases.map((item) => [item.id, JSON.stringify(item.files['values.yaml']), item] as const))(
      '%s %s',
      (_id, _text, item) => {
        const text = item.files['values.yaml'] ?? ''
        const [slice] = splitDocuments(text)
        const { value, problems } = slice === undefined ? { value: null, problems: [] } : readDocument(text, slice)
        if (item.want.error !== undefined) {
          expect(value).toBe(undefined)
          expect(problems.length).toBeGreaterThan(0)
          return
        }
        expect(problems).toEqual([])
        const answer = Object.values(item.want.rendered ?? {})[0] ?? ''
        const space = answer.indexOf(' ')
        const map = value as Record<string, Value>
        expect(described(map['x'])).toEqual({ kind: answer.slice(0, space), json: JSON.parse(answer.slice(space + 1)) })
      },
    )
  },
)
