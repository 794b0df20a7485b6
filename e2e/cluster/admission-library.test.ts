/** The library of admission policies on a real API server: it takes them all without a warning, and refuses what they are about. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deployLibrary, policyBinding } from '../../packages/policies/src/index.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'

interface PolicyList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly generation: number }
    readonly status?: {
      readonly observedGeneration?: number
      readonly typeChecking?: { readonly expressionWarnings?: readonly unknown[] }
    }
  }[]
}

let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster({ controllerManager: true })
  const [definition = '', ...objects] = deployLibrary().split('---\n')
  await cluster.apply(definition)
  await eventually(
    'the kind of parameters is served',
    async () => (await cluster.request('/apis/kubescape.io/v1')).status === 200,
  )
  await cluster.apply(objects.join('---\n'))
})
afterAll(() => cluster?.stop())

test('the API server takes every policy, and warns of no expression', async () => {
  const path = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies'
  const policies = await eventually('all policies are checked', async () => {
    const { items } = (await cluster.request(path)).json() as PolicyList
    return items.every(({ metadata, status }) => status?.observedGeneration === metadata.generation) && items
  })
  expect(policies.length).toBeGreaterThan(50)
  const warned = policies.flatMap(({ metadata, status }) =>
    (status?.typeChecking?.expressionWarnings ?? []).map((warning) => `${metadata.name}: ${JSON.stringify(warning)}`),
  )
  expect(warned).toEqual([])
})

test.each([
  ['C-0057', { securityContext: { privileged: true } }, '[C-0057] No container may be privileged'],
  ['C-0050', { resources: { requests: { cpu: '100' }, limits: { cpu: '100' } } }, '[C-0050] Every container needs'],
  ['C-0078', { image: 'bad.example.com/a' }, '[C-0078] Images must come from the registries'],
])('a Pod that %s is about is refused once the policy is bound', async (control, fields, message) => {
  const made = policyBinding({
    name: `bind-${control.toLowerCase()}`,
    control,
    namespaces: ['default'],
    labels: [`about=${control}`],
    parameterReference: 'basic-control-configuration',
  })
  if ('problem' in made) throw new Error(made.problem)
  // The configuration that comes with the library has no upper bounds: this one has.
  await cluster.apply(`apiVersion: kubescape.io/v1
kind: ControlConfiguration
metadata: {name: basic-control-configuration}
settings: {cpuRequestMax: 4, cpuLimitMax: "8", imageRepositoryAllowList: [docker.io], insecureCapabilities: []}
`)
  await cluster.apply(made.yaml)
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe', labels: { about: control } },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'a', image: 'a', ...fields }] },
  }
  const refusal = await eventually('the Pod is refused', async () => {
    const path = '/api/v1/namespaces/default/pods?dryRun=All'
    const { status, text } = await cluster.request(path, { method: 'POST', body: pod })
    return status === 422 && text
  })
  expect(refusal).toContain(message)
})
