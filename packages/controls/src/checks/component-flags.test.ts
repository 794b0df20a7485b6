import { identityOf, type Value, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import type { Judgement, LocalCheck } from '../check.ts'
import { missing, replacement, review, wrong } from '../finding.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import {
  booleanFlag,
  isNotLoopback,
  listExcludes,
  listIncludes,
  requiredFlag,
  requiredFlags,
  reviewedFlag,
  valueOf,
} from './component-flags.ts'
import { API_SERVER, ETCD } from './component-pods.ts'

const about = { name: 'test', component: API_SERVER, flag: '--flag' }

function judgeSpec(check: LocalCheck, spec: Value, namespace = 'kube-system'): Judgement {
  const object: ValueMap = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace }, spec }
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no identity')
  return check.judge({ identity, object }, DEFAULT_INPUTS)
}

const judge = (check: LocalCheck, command: Value, args: Value = []): Judgement =>
  judgeSpec(check, { containers: [{ command, args }] })

const at = (list: string, index: number): string => `spec.containers[0].${list}[${index}]`

describe('component Pods', () => {
  const check = requiredFlag({ ...about, value: 'x' })

  test.each<[string, Value, string?]>([
    ['another program', { containers: [{ command: ['kube-scheduler'] }] }],
    ['another namespace', { containers: [{ command: ['kube-apiserver'] }] }, 'default'],
    ['two containers', { containers: [{ command: ['kube-apiserver'] }, {}] }],
    ['no containers', { containers: [] }],
    ['no command', { containers: [{ args: ['--flag=x'] }] }],
    ['an empty command', { containers: [{ command: [] }] }],
    ['a text for the command', { containers: [{ command: 'kube-apiserver' }] }],
    ['a shell', { containers: [{ command: ['sh', '-c', 'kube-apiserver'] }] }],
    ['a null spec', null],
    ['a list for the spec', [{ containers: [] }]],
    ['a null container', { containers: [null] }],
    ['a map for the containers', { containers: { command: ['kube-apiserver'] } }],
    ['a list in the command', { containers: [{ command: [['kube-apiserver']] }] }],
  ])('%s is not tested', (_what, spec, namespace) => {
    expect(judgeSpec(check, spec, namespace)).toBe('not-tested')
  })

  test('a path before the program and words behind it do not matter', () => {
    expect(judge(check, ['/usr/local/bin/kube-apiserver --v=2', '--flag=x'])).toBeUndefined()
  })

  test('etcd may live in any namespace', () => {
    const spec = { containers: [{ command: ['etcd'] }] }
    expect(judgeSpec(requiredFlag({ ...about, component: ETCD, value: 'x' }), spec, 'default')).toEqual([
      missing(at('command', 1), '--flag=x'),
    ])
  })

  test('items that are no texts do not shift the others', () => {
    const check2 = reviewedFlag({ ...about, absent: 'passes' })
    expect(judge(check2, ['kube-apiserver', null, { a: 1 }, '--flag=1'])).toEqual([review(at('command', 3))])
    expect(judge(check2, ['kube-apiserver'], 'no list')).toBeUndefined()
  })
})

describe('positions of missing flags', () => {
  test('are behind the command without args, and behind the args with them', () => {
    const check = requiredFlag({ ...about, value: 'x' })
    expect(judge(check, ['kube-apiserver', '--a'])).toEqual([missing(at('command', 2), '--flag=x')])
    expect(judge(check, ['kube-apiserver'], ['--a', '--b'])).toEqual([missing(at('args', 2), '--flag=x')])
  })

  test('keep the place in a pair', () => {
    const check = requiredFlags({
      name: 'test',
      component: API_SERVER,
      flags: [
        ['--cert', 'c'],
        ['--key', 'k'],
      ],
    })
    expect(judge(check, ['kube-apiserver'])).toEqual([
      missing(at('command', 1), '--cert=c'),
      missing(at('command', 2), '--key=k'),
    ])
    expect(judge(check, ['kube-apiserver', '--cert=x'])).toEqual([missing(at('command', 3), '--key=k')])
  })
})

test('an empty value is as good as none', () => {
  expect(judge(requiredFlag({ ...about, value: 'x' }), ['kube-apiserver', '--flag='])).toEqual([
    replacement(at('command', 1), '--flag=x'),
  ])
})

test.each<[string, string[], Judgement]>([
  ['the good value', ['--flag=false'], undefined],
  ['another spelling of it', ['--flag=F'], undefined],
  ['the bad value', ['--flag=true'], [replacement(at('args', 0), '--flag=false')]],
  ['another spelling of the bad value', ['--flag=1'], [replacement(at('args', 0), '--flag=false')]],
  ['the flag alone, which means true', ['--flag'], [replacement(at('args', 0), '--flag=false')]],
  ['the value as an item of its own', ['--flag', 'false'], undefined],
  ['the last of several', ['--flag=true', '--flag=false'], undefined],
  ['only a longer flag', ['--flags=false'], [missing(at('args', 1), '--flag=false')]],
])('a boolean: %s', (_what, args, judgement) => {
  expect(judge(booleanFlag({ ...about, want: false, absent: 'fails' }), ['kube-apiserver'], args)).toEqual(judgement)
})

test.each<[string, string[], Judgement]>([
  ['the entry', ['--flag=A,X'], undefined],
  ['the entry in another use', ['--flag=X', '--flag=A'], undefined],
  ['an entry that does as well', ['--flag=Y'], undefined],
  ['the entry in lower case', ['--flag=x'], [replacement(at('args', 0), '--flag=x,X')]],
  ['no entry', ['--flag=A'], [replacement(at('args', 0), '--flag=A,X')]],
  ['the list as an item of its own', ['--flag', 'A'], [replacement(at('args', 1), 'A,X')]],
  ['other flags in the item', ['--a=1 --flag=A --b=2'], [replacement(at('args', 0), '--a=1 --flag=A,X --b=2')]],
  ['no flag', [], [missing(at('command', 1), '--flag=X')]],
])('a list that must include: %s', (_what, args, judgement) => {
  expect(judge(listIncludes({ ...about, entry: 'X', or: ['Y'] }), ['kube-apiserver'], args)).toEqual(judgement)
})

test.each<[string, string[], Judgement]>([
  ['no flag', [], undefined],
  ['no entry', ['--flag=A'], undefined],
  ['the entry among others', ['--flag=A,X,B'], [replacement(at('args', 0), '--flag=A,B')]],
  ['nothing else', ['--flag=X'], [wrong(at('args', 0))]],
  ['the list as an item of its own', ['--flag', 'X,A'], [replacement(at('args', 1), 'A')]],
])('a list that must exclude: %s', (_what, args, judgement) => {
  expect(judge(listExcludes({ ...about, entry: 'X' }), ['kube-apiserver'], args)).toEqual(judgement)
})

test('a value to review is reported whatever it is', () => {
  const check = reviewedFlag({ ...about, absent: 'fails' })
  expect(judge(check, ['kube-apiserver', '--flag=1'])).toEqual([review(at('command', 1))])
  expect(judge(check, ['kube-apiserver'])).toEqual([replacement(at('command', 1), '--flag=YOUR_VALUE')])
})

test('a value is compared, the last one counts', () => {
  const check = valueOf({ ...about, isBad: isNotLoopback, good: '127.0.0.1' })
  expect(judge(check, ['kube-apiserver', '--flag=0.0.0.0'])).toEqual([
    replacement(at('command', 1), '--flag=127.0.0.1'),
  ])
  expect(judge(check, ['kube-apiserver', '--flag=0.0.0.0', '--flag=localhost'])).toBeUndefined()
})
