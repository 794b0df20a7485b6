import { identityOf, type Value, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import type { Judgement, LocalCheck } from '../check.ts'
import { wrong } from '../finding.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import { isUnset, kubeletSetting, type KubeletSetting } from './kubelet-setting.ts'

const setting: KubeletSetting = {
  name: 'test',
  flag: '--setting',
  isBadFlag: (value) => value === 'bad',
  properties: ['deep.setting', 'oldSetting'],
  isBadProperty: (value) => value === 'bad' || isUnset(value),
  neither: 'fails',
}

function judge(check: LocalCheck, data: Value): Judgement {
  const object: ValueMap = {
    apiVersion: 'hostdata.kubescape.cloud/v1beta0',
    kind: 'KubeletInfo',
    metadata: { name: 'n' },
    data,
  }
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no identity')
  return check.judge({ identity, object }, DEFAULT_INPUTS)
}

const withFile = (text: string, cmdLine = 'kubelet --config=/c'): ValueMap => ({
  cmdLine,
  configFile: { content: btoa(text) },
})

describe('the command line', () => {
  test('wins over the file', () => {
    const check = kubeletSetting(setting)
    expect(judge(check, withFile('deep: {setting: bad}', 'kubelet --config=/c --setting=good'))).toBeUndefined()
    expect(judge(check, withFile('deep: {setting: good}', 'kubelet --config=/c --setting=bad'))).toEqual([])
    expect(judge(check, { cmdLine: 'kubelet --setting bad --config /c' })).toEqual([])
  })

  test('the last use of a flag counts', () => {
    expect(judge(kubeletSetting(setting), { cmdLine: 'kubelet --setting=bad --setting=good' })).toBeUndefined()
  })
})

describe('the file', () => {
  test.each<[string, string, Judgement]>([
    ['a good property', 'deep: {setting: good}', undefined],
    ['a good property under its other name', 'oldSetting: good', undefined],
    ['a bad property', 'deep: {setting: bad}', [wrong('deep.setting')]],
    ['a bad property under its other name', 'oldSetting: bad', [wrong('oldSetting')]],
    ['no property', 'other: 1', [wrong('deep.setting')]],
    ['a text where a mapping should be', 'deep: setting', [wrong('deep.setting')]],
    ['an empty file', '', [wrong('deep.setting')]],
    ['only a comment', '# nothing', [wrong('deep.setting')]],
    ['JSON', '{"deep": {"setting": "good"}}', undefined],
    ['a list', '- 1', 'not-tested'],
    ['broken YAML', 'a: [1', 'not-tested'],
  ])('%s', (_what, text, judgement) => {
    expect(judge(kubeletSetting(setting), withFile(text))).toEqual(judgement)
  })

  test('is not read where the command line names none', () => {
    expect(
      judge(kubeletSetting({ ...setting, neither: 'passes' }), withFile('oldSetting: bad', 'kubelet')),
    ).toBeUndefined()
    expect(judge(kubeletSetting(setting), withFile('oldSetting: good', 'kubelet --config-directory=/d'))).toEqual([])
  })

  test('may be a directory of them, which node facts send as one', () => {
    expect(judge(kubeletSetting(setting), withFile('oldSetting: good', 'kubelet --config-dir=/d'))).toBeUndefined()
    expect(judge(kubeletSetting(setting), withFile('oldSetting: bad', 'kubelet --config-dir /d'))).toEqual([
      wrong('oldSetting'),
    ])
    expect(judge(kubeletSetting(setting), { cmdLine: 'kubelet --config-dir=/d' })).toEqual([])
  })

  test.each<[string, Value]>([
    ['no file', { cmdLine: 'kubelet --config=/c' }],
    ['no content', { cmdLine: 'kubelet --config=/c', configFile: { path: '/c' } }],
    ['null for the content', { cmdLine: 'kubelet --config=/c', configFile: { content: null } }],
    ['a text for the file', { cmdLine: 'kubelet --config=/c', configFile: '/c' }],
  ])('%s: named and not sent', (_what, data) => {
    expect(judge(kubeletSetting(setting), data)).toEqual([])
    expect(judge(kubeletSetting({ ...setting, unsent: 'not-tested' }), data)).toBe('not-tested')
  })

  test.each<[string, Value]>([
    ['no base64', '%%%'],
    ['no UTF-8', btoa('\xFF\xFE')],
    ['a mapping', { a: 1 }],
    ['a list', ['YQ==']],
  ])('%s for the content is not tested', (_what, content) => {
    expect(judge(kubeletSetting(setting), { cmdLine: 'kubelet --config=/c', configFile: { content } })).toBe(
      'not-tested',
    )
  })
})

test('without flag and file the default counts', () => {
  expect(judge(kubeletSetting(setting), { cmdLine: 'kubelet' })).toEqual([])
  expect(judge(kubeletSetting({ ...setting, neither: 'passes' }), { cmdLine: 'kubelet' })).toBeUndefined()
})

test.each<[string, Value]>([
  ['no data', null],
  ['a list for the data', []],
  ['no command line', {}],
  ['a list for the command line', { cmdLine: ['kubelet'] }],
  ['null for the command line', { cmdLine: null }],
])('%s is not tested', (_what, data) => {
  expect(judge(kubeletSetting(setting), data)).toBe('not-tested')
})
