import { describe, expect, test } from 'vitest'

import { isClusterScoped } from './kinds.ts'
import { matching } from './match.ts'
import { SERVED_TYPES, servedTypesOf } from './served-types.ts'

const names = (types: readonly { group: string; plural: string }[]): string[] =>
  types.map(({ group, plural }) => `${plural}.${group}`)

describe('the table of served types', () => {
  test('names every type once, in the way paths of the API do', () => {
    expect(new Set(names(SERVED_TYPES)).size).toBe(SERVED_TYPES.length)
    expect(SERVED_TYPES.filter(({ kind, plural }) => !/^[A-Z]\w+$/.test(kind) || !/^[a-z]+$/.test(plural))).toEqual([])
    expect(SERVED_TYPES.find(({ kind }) => kind === 'Pod')).toEqual({
      group: '',
      kind: 'Pod',
      plural: 'pods',
      namespaced: true,
      shortName: 'po',
    })
  })

  test('has no kind that lives in namespaces in one group and outside them in another', () => {
    expect(SERVED_TYPES.filter(({ kind, namespaced }) => namespaced === isClusterScoped(kind))).toEqual([])
  })
})

describe('a match stands for', () => {
  test.each([
    ['its group and kind, in whatever version', matching('apps/v1', 'Deployment'), ['deployments.apps']],
    ['kinds without regard to case', matching('v1', 'configMAP'), ['configmaps.']],
    [
      'all groups that have the kind',
      matching('*', 'Gateway'),
      ['gateways.gateway.networking.k8s.io', 'gateways.networking.istio.io'],
    ],
    ['all kinds of a group', matching('batch/*', '*'), ['cronjobs.batch', 'jobs.batch']],
    ['nothing where the group has left the type', matching('extensions/*', 'Deployment'), []],
    ['nothing where no server has the kind', matching('hostdata.kubescape.cloud/*', 'KubeletInfo'), []],
  ])('%s', (_, match, expected) => {
    expect(names(servedTypesOf(match))).toEqual(expected)
  })
})
