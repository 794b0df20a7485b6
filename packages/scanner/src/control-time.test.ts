/** Controls that take more time than they may, by a clock that only checks move. */
import { expect, test } from 'vitest'

import {
  CheckFailure,
  type Check,
  type ControlDeclaration,
  type JoinedCheck,
  type LocalCheck,
  type Projection,
} from '@kubescape/controls'
import { matching } from '@kubescape/resources'
import type { Report } from '@kubescape/results'

import { object, resultOf, scanWith } from '../testing/scans.ts'
import { ControlLimit } from './control-time.ts'

const LIMIT_MS = 1000
const PODS = ['a', 'b', 'c', 'd'].map((name) => object('Pod', name))

/** A clock, and checks that let it go on. */
class Bench {
  nowMs = 0
  readonly limit = new ControlLimit(LIMIT_MS, () => this.nowMs)
  readonly asked: string[] = []

  /** Takes so long for each object; one called `d` fails. */
  local(name: string, tookMs: number): LocalCheck {
    return {
      shape: 'local',
      name,
      match: [matching('v1', 'Pod')],
      judge: ({ identity }) => {
        this.#work(name, identity.name, tookMs)
        return identity.name === 'd' ? [] : undefined
      },
    }
  }

  joined(name: string, tests: JoinedCheck['tests'], tookMs: number): JoinedCheck {
    const work = (row: Row): void => this.#work(name, row.name, tookMs)
    return {
      shape: 'joined',
      name,
      match: [matching('v1', 'Pod')],
      tests,
      needs: [ROWS],
      *judge(tables) {
        for (const row of tables.rows(ROWS)) {
          work(row)
          if (row.name === 'a' || row.name === 'b') yield { subject: row.ref, findings: [] }
          else if (tests === 'reported') yield { subject: row.ref }
        }
      },
    }
  }

  /** A policy that never ends by itself, and asks whether it has to. */
  endless(name: string): LocalCheck {
    return {
      ...this.local(name, 0),
      judge: ({ identity }) => {
        this.asked.push(`${name} ${identity.name}`)
        while (!this.limit.isOver()) this.nowMs += 300
        throw new CheckFailure('policy/cancelled', 'it was cancelled', 'No hint.', { file: 'endless.rego', line: 3 })
      },
    }
  }

  scan(...controls: readonly ControlDeclaration[]): Promise<Report> {
    const frameworks = [{ name: 'Fake', aliases: [], scope: [], controls: controls.map(({ id }) => id) }]
    return scanWith({ frameworks, controls, named: true }, PODS, { controlLimit: this.limit })
  }

  #work(check: string, name: string, tookMs: number): void {
    this.asked.push(`${check} ${name}`)
    this.nowMs += tookMs
  }
}

type Row = { readonly name: string }
const ROWS: Projection<Row> = {
  name: 'pods of a test',
  match: [matching('v1', 'Pod')],
  take: ({ identity }) => ({ name: identity.name }),
}

function control(id: string, ...checks: readonly Check[]): ControlDeclaration {
  return { id, name: id, baseScore: 7, scope: [], why: '', repair: '', checks }
}

test('a control judges until its time is over, and skips the rest; others go on', async () => {
  const bench = new Bench()
  const report = await bench.scan(control('C-1', bench.local('slow', 600)), control('C-2', bench.local('quick', 10)))
  expect(resultOf(report, 'C-1')).toMatchObject({
    status: 'skipped',
    subStatus: 'notEvaluated',
    counters: { passed: 2, failed: 0, skipped: 2 },
  })
  expect(resultOf(report, 'C-2')).toMatchObject({ counters: { passed: 3, failed: 1, skipped: 0 } })
  expect(bench.asked.filter((each) => each.startsWith('slow'))).toEqual(['slow a', 'slow b'])
  expect(report.coverage).toMatchObject({ degraded: true, notEvaluated: [{ controlID: 'C-1' }] })
  expect(report.coverage.problems).toEqual([
    {
      code: 'scan/control-timeout',
      message: 'control C-1: the check slow was stopped, since it took longer than 1 s',
      hint: 'What it did not judge is shown as skipped. Give controls more time, or let them look at less.',
    },
  ])
})

test('a policy that asks is ended while it judges, and is not asked again', async () => {
  const bench = new Bench()
  const report = await bench.scan(control('C-1', bench.endless('endless')), control('C-2', bench.local('quick', 10)))
  expect(resultOf(report, 'C-1')).toMatchObject({ status: 'skipped', counters: { passed: 0, failed: 0, skipped: 4 } })
  expect(resultOf(report, 'C-2')).toMatchObject({ counters: { passed: 3, failed: 1 } })
  expect(bench.asked.filter((each) => each.startsWith('endless'))).toEqual(['endless a'])
  expect(report.coverage.problems).toMatchObject([
    { code: 'scan/control-timeout', file: 'endless.rego', line: 3, message: expect.stringContaining('C-1') },
  ])
})

test.each(['matched', 'reported'] as const)('joined, what is %s is failed or not judged', async (tests) => {
  const bench = new Bench()
  const report = await bench.scan(control('C-1', bench.joined('joined', tests, 600)))
  expect(bench.asked).toEqual(['joined a', 'joined b'])
  expect(resultOf(report, 'C-1')).toMatchObject({ counters: { passed: 0, failed: 2, skipped: 2 } })
  expect(report.coverage.problems).toMatchObject([{ code: 'scan/control-timeout' }])
})

test('the time of a control is that of all its checks', async () => {
  const bench = new Bench()
  const checks = [bench.local('one', 200), bench.joined('two', 'reported', 150), bench.joined('three', 'reported', 1)]
  const report = await bench.scan(control('C-1', ...checks))
  expect(bench.asked.filter((each) => !each.startsWith('one'))).toEqual(['two a', 'two b'])
  expect(resultOf(report, 'C-1')).toMatchObject({ counters: { passed: 0, failed: 3, skipped: 1 } })
  expect(report.coverage.problems.map(({ message }) => message)).toEqual([
    'control C-1: the check two was stopped, since it took longer than 1 s',
    'control C-1: the check three was stopped, since it took longer than 1 s',
  ])
})

test('a check of several controls goes on while one of them has time', async () => {
  const bench = new Bench()
  const shared = bench.local('shared', 200)
  const report = await bench.scan(control('C-1', bench.local('slow', 600), shared), control('C-2', shared))
  expect(resultOf(report, 'C-2')).toMatchObject({ counters: { passed: 3, failed: 1, skipped: 0 } })
  expect(resultOf(report, 'C-1')).toMatchObject({ counters: { passed: 2, failed: 1, skipped: 1 } })
})

test('a control that ends in time is none the wiser', async () => {
  const bench = new Bench()
  const report = await bench.scan(control('C-1', bench.local('quick', 250)))
  expect(resultOf(report, 'C-1')).toMatchObject({ counters: { passed: 3, failed: 1, skipped: 0 } })
  expect(report.coverage.problems).toEqual([])
})

test('each scan begins anew', async () => {
  const bench = new Bench()
  for (let scan = 0; scan < 3; scan++) {
    expect(resultOf(await bench.scan(control('C-1', bench.local('quick', 250))), 'C-1')?.counters.skipped).toBe(0)
  }
})
