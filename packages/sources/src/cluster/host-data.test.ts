import { describe, expect, test } from 'vitest'

import { matching, type ValueMap } from '@kubescape/resources'

import { asJudgedHostData, judgedType, servedMatches } from './host-data.ts'

const object = (kind: string, more: ValueMap): ValueMap => ({
  apiVersion: 'hostdata.kubescape.cloud/v1beta1',
  kind,
  metadata: { name: 'node-1', uid: 'x' },
  ...more,
})

describe('an object that a node agent wrote', () => {
  test.each<readonly [string, ValueMap, unknown]>([
    ['KubeletInfo', { cmdLine: 'kubelet', nodeName: 'node-1' }, { cmdLine: 'kubelet' }],
    ['KubeletInfo', { KubeletInfo: { cmdLine: 'kubelet' }, nodeName: 'node-1' }, { cmdLine: 'kubelet' }],
    [
      'LinuxKernelVariables',
      { kernelVariables: [{ key: 'a', value: '1' }], nodeName: 'node-1' },
      [{ key: 'a', value: '1' }],
    ],
    ['OsReleaseFile', { content: 'ID=x', nodeName: 'node-1' }, 'ID=x'],
    ['KernelVersion', { content: 'Linux', nodeName: 'node-1' }, 'Linux'],
    ['CNIInfo', { CNINames: ['Calico'] }, { CNINames: ['Calico'] }],
  ])('%s %j has the facts that checks read', (kind, spec, data) => {
    expect(asJudgedHostData(object(kind, { spec }))).toEqual({
      object: { apiVersion: 'hostdata.kubescape.cloud/v1beta0', kind, metadata: { name: 'node-1' }, data },
    })
  })

  test('about the cloud has the kind that its check looks for', () => {
    const spec = { providerMetaDataAPIAccess: true, nodeName: 'node-1' }
    expect(asJudgedHostData(object('CloudProviderInfo', { spec }))).toMatchObject({
      object: { kind: 'cloudProviderInfo', data: { providerMetaDataAPIAccess: true } },
    })
  })

  test.each<readonly [string, string, ValueMap]>([
    ['cannot stat', 'KubeletInfo', { spec: { cmdLine: '' }, status: { error: 'cannot stat' } }],
    ['it has no spec', 'KubeletInfo', {}],
    ['it has no spec', 'KubeletInfo', { spec: 'text' }],
    ['its spec has no kernelVariables', 'LinuxKernelVariables', { spec: { nodeName: 'node-1' } }],
  ])('without facts is none: %s', (error, kind, more) => {
    expect(asJudgedHostData(object(kind, more))).toEqual({ error })
  })
})

test('what is judged as v1beta0 is asked for as v1beta1 too, and named as it is judged', () => {
  const any = matching('hostdata.kubescape.cloud/*', 'KubeletInfo')
  const pods = matching('v1', 'Pod')
  expect(servedMatches([any, pods])).toEqual([any, pods])
  expect(servedMatches([matching('hostdata.kubescape.cloud/v1beta0', 'CNIInfo')])).toMatchObject([
    { versions: ['v1beta0', 'v1beta1'] },
  ])
  expect(judgedType({ group: 'hostdata.kubescape.cloud', version: 'v1beta1' })).toMatchObject({ version: 'v1beta0' })
  expect(judgedType({ group: 'apps', version: 'v1beta1' })).toMatchObject({ version: 'v1beta1' })
})
