import { expect, test } from 'vitest'
import { compilePolicy } from '../engine.ts'
import { coverageReport } from './coverage.ts'

test('rows that were reached and rows that were not', () => {
  const text = `package a

p if {
	x := [y |
		some y in [1]
		y > 5
	]
	count(x) == 1
	false
} else := 2

unused if {
	true
	false
}
`
  const compiled = compilePolicy({ files: [{ file: 'a.rego', text }] })
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  const { policy } = compiled
  const prepared = policy.prepare('data.a.p')
  if ('problems' in prepared) throw new Error(JSON.stringify(prepared.problems))
  const coverage = { rows: new Map<string, Set<number>>() }
  prepared.query.evaluate({ coverage })
  const figures = { covered_lines: 5, not_covered_lines: 5, coverage: 50 }
  expect(coverageReport(policy, coverage)).toEqual({
    ...figures,
    files: {
      'a.rego': {
        covered: [
          { start: { row: 4 }, end: { row: 6 } },
          { start: { row: 8 }, end: { row: 8 } },
          { start: { row: 10 }, end: { row: 10 } },
        ],
        not_covered: [
          { start: { row: 3 }, end: { row: 3 } },
          { start: { row: 9 }, end: { row: 9 } },
          { start: { row: 12 }, end: { row: 14 } },
        ],
        ...figures,
      },
    },
  })
})
