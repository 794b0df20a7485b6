/** Names of workloads as people type them. */
import { describe, expect, test } from 'vitest'

import { readWorkload, workloadName } from './workload-name.ts'

test.each<[string, Record<string, string>, object]>([
  ['Deployment/web', {}, { kind: 'Deployment', name: 'web' }],
  ['shop/Deployment/web', {}, { kind: 'Deployment', name: 'web', namespace: 'shop' }],
  ['Deployment/web', { namespace: 'shop' }, { kind: 'Deployment', name: 'web', namespace: 'shop' }],
  ['shop/Deployment/web', { namespace: 'shop' }, { kind: 'Deployment', name: 'web', namespace: 'shop' }],
  ['deployment/web', {}, { kind: 'Deployment', name: 'web' }],
  ['DEPLOYMENTS/web', {}, { kind: 'Deployment', name: 'web' }],
  ['deploy/web', {}, { kind: 'Deployment', name: 'web' }],
  ['po/web', {}, { kind: 'Pod', name: 'web' }],
  ['sts/web', {}, { kind: 'StatefulSet', name: 'web' }],
  ['cronjobs/web', {}, { kind: 'CronJob', name: 'web' }],
  ['Pod.v1/web', {}, { kind: 'Pod', name: 'web', version: 'v1' }],
  ['Deployment.v1.apps/web', {}, { kind: 'Deployment', name: 'web', version: 'v1', group: 'apps' }],
  [
    'shop/SandboxTemplate.v1beta1.extensions.agents.x-k8s.io/a',
    {},
    { kind: 'SandboxTemplate', name: 'a', namespace: 'shop', version: 'v1beta1', group: 'extensions.agents.x-k8s.io' },
  ],
  ['Deployment/web.v1.apps', {}, { kind: 'Deployment', name: 'web.v1.apps' }],
  ['Deployment/web', { apiVersion: 'apps/v1' }, { kind: 'Deployment', name: 'web', version: 'v1', group: 'apps' }],
  ['Pod/web', { apiVersion: 'v1' }, { kind: 'Pod', name: 'web', version: 'v1', group: '' }],
  ['Deployment.v1/web', { apiVersion: 'apps/v1' }, { kind: 'Deployment', name: 'web', version: 'v1', group: 'apps' }],
  ['  Deployment/web ', {}, { kind: 'Deployment', name: 'web' }],
  ["Deployment/it's a name", {}, { kind: 'Deployment', name: "it's a name" }],
])('%s with %o is understood', (text, flags, target) => {
  expect(readWorkload(text, flags)).toEqual({ target })
})

test('the file is kept beside it', () => {
  expect(readWorkload('Pod/a', { filePath: 'a.yaml' })).toEqual({ target: { kind: 'Pod', name: 'a' }, file: 'a.yaml' })
})

describe('refused is', () => {
  test.each<[string, Record<string, unknown>, RegExp, RegExp]>([
    ['', {}, /"" names no workload/, /shop\/Deployment\/web/],
    ['web', {}, /"web" names no workload/, /Write \[namespace\/\]Kind/],
    ['Deployment/', {}, /names no workload/, /Write/],
    ['/web', {}, /names no workload/, /Write/],
    ['/Deployment/web', {}, /names no workload/, /Write/],
    ['Deployment/..', {}, /names no workload/, /Write/],
    ['Deployment/.', {}, /names no workload/, /Write/],
    ['a/b/Deployment/web', {}, /names no workload/, /Write/],
    ['shop//web', {}, /names no workload/, /Write/],
    ['Deployment.apps/web', {}, /"apps" of "Deployment.apps\/web" is no version/, /Deployment\.v1\.apps/],
    ['Deployment.v1.UPPER/web', {}, /"UPPER" of .* is no group/, /Write/],
    ['Deployment./web', {}, /"" of .* is no version/, /Write/],
    ['.v1/web', {}, /unknown kind ""/, /Workloads are Pod/],
    ['Deploymet/web', {}, /unknown kind "Deploymet"/, /Did you mean Deployment\?/],
    ['Flower/web', {}, /unknown kind "Flower"/, /^Workloads are Pod, Deployment/],
    ['constructor/web', {}, /unknown kind "constructor"/, /Workloads are/],
    ['Secret/web', {}, /a Secret is no workload/, /Scan the workload that uses it/],
    ['secrets/web', {}, /a Secret is no workload/, /Scan the workload/],
    ['svc/web', {}, /Service is no workload/, /--include-kinds Service/],
    ['shop/Pod/a', { namespace: 'bank' }, /--namespace bank contradicts "shop\/Pod\/a"/, /once/],
    ['Pod/a', { apiVersion: '1' }, /--api-version does not know "1"/, /apps\/v1/],
    ['Pod/a', { apiVersion: '/v1' }, /--api-version does not know/, /apps\/v1/],
    ['Pod/a', { apiVersion: '' }, /--api-version does not know/, /apps\/v1/],
    ['Pod.v1beta1/a', { apiVersion: 'v1' }, /--api-version v1 contradicts/, /once/],
    ['Deployment.v1.apps/a', { apiVersion: 'extensions/v1' }, /contradicts/, /once/],
    ['Pod/a', { labelSelector: 'a=b' }, /--label-selector is for scans of many workloads/, /Leave it out/],
    ['Pod/a', { includeNamespaces: ['a'] }, /--include-namespaces is for scans of many/, /Leave it out/],
    ['Pod/a', { excludeKinds: ['Pod'] }, /--exclude-kinds is for scans of many/, /Leave it out/],
  ])('%s with %o', (text, flags, message, hint) => {
    const read = (): unknown => readWorkload(text, flags)
    expect(read).toThrow(message)
    expect(read).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) as string }))
  })
})

test.each([
  [{ kind: 'Pod', name: 'a' }, 'Pod/a'],
  [{ kind: 'Pod', name: 'a', namespace: '' }, 'Pod/a'],
  [{ kind: 'Pod', name: 'a', namespace: 'shop' }, 'shop/Pod/a'],
])('%o is written as %s, which is understood', (target, text) => {
  expect(workloadName(target)).toBe(text)
  expect(readWorkload(text, {}).target).toMatchObject({ kind: target.kind, name: target.name })
})
