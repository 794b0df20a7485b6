/** The library of admission policies: all compile, and cases beside the shared ones. */
import { readDocument, splitDocuments } from '@kubescape/yaml'
import { identityOf, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import { readCustomPolicies } from '../../custom/read-custom-policies.ts'
import { CompiledPolicy } from '../admission/compiled-policy.ts'
import { requestOf } from '../admission/request.ts'
import { deployLibrary } from './deploy-library.ts'
import { POLICY_LIBRARY, policyName } from './index.ts'
import { policyBinding } from './policy-binding.ts'

const CONFIGURATION = {
  settings: {
    cpuRequestMin: 0.1,
    cpuRequestMax: 2,
    cpuLimitMin: '100m',
    cpuLimitMax: 4,
    memoryRequestMin: '1Mi',
    memoryRequestMax: '1Gi',
    memoryLimitMin: '1Mi',
    memoryLimitMax: '2Gi',
    insecureCapabilities: ['SYS_ADMIN'],
    imageRepositoryAllowList: ['docker.io', 'registry.example.com/team'],
    untrustedRegistries: ['bad.example.com'],
    publicRegistries: ['docker.io'],
    recommendedLabels: ['app'],
    k8sRecommendedLabels: ['app.kubernetes.io/name'],
    cloudProvider: 'eks',
  },
}

function verdict(control: string, object: ValueMap, params: ValueMap = CONFIGURATION): string {
  const policy = POLICY_LIBRARY.find((each) => each.control === control)
  if (policy === undefined) throw new Error(`no policy for ${control}`)
  const { hasParams = false, variables, validations } = policy
  const compiled = CompiledPolicy.compile({ hasParams, conditions: [], variables, validations })
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no object')
  const said = compiled.policy.judge({ object, request: requestOf(identity), params, namespaceObject: null })
  return said.kind === 'unknown' ? `${said.path}: ${said.message}` : said.kind
}

const pod = (spec: ValueMap): ValueMap => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec })
const container = (fields: ValueMap): ValueMap => pod({ containers: [{ name: 'web', ...fields }] })
const deployment = (template: ValueMap, spec: ValueMap = {}): ValueMap => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { ...spec, template },
})

test.each(POLICY_LIBRARY.map((policy) => [policyName(policy), policy] as const))('%s compiles', (name, policy) => {
  const { hasParams = false, variables, validations } = policy
  expect(CompiledPolicy.compile({ hasParams, conditions: [], variables, validations })).toHaveProperty('policy')
  expect(name).toMatch(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/)
})

test.each(POLICY_LIBRARY.map(({ control }) => [control]))('%s judges objects of which little is there', (control) => {
  const bare = [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
    pod({}),
    pod({ containers: [] }),
    pod({ containers: [{}], volumes: [{ name: 'a' }] }),
    deployment({}),
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: {} },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: {} },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' } },
  ]
  for (const params of [CONFIGURATION, { settings: {} }, {}]) {
    for (const object of bare) expect(['allowed', 'denied']).toContain(verdict(control, object, params))
  }
})

const selecting = (selector: ValueMap, labels: ValueMap): ValueMap => deployment({ metadata: { labels } }, { selector })
const requirement = (operator: string, values?: string[]): ValueMap => ({
  matchExpressions: [{ key: 'app', operator, ...(values === undefined ? {} : { values }) }],
})

test.each<[control: string, is: 'allowed' | 'denied', object: ValueMap]>([
  ['C-0001', 'denied', container({ image: 'nginx' })],
  ['C-0001', 'denied', container({ image: 'bad.example.com/a:1' })],
  ['C-0001', 'denied', container({ image: 'bad.example.com:5000/a' })],
  ['C-0001', 'allowed', container({ image: 'bad.example.com.au/a' })],
  ['C-0001', 'allowed', container({ image: 'registry.example.com/a' })],
  ['C-0004', 'allowed', container({ resources: { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } } })],
  ['C-0004', 'denied', container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '2Gi' } } })],
  ['C-0004', 'denied', container({ resources: { requests: { memory: '1Gi' } } })],
  ['C-0018', 'denied', container({})],
  ['C-0018', 'allowed', container({ readinessProbe: { tcpSocket: { port: 80 } } })],
  [
    'C-0020',
    'denied',
    pod({ volumes: [{ name: 'c', hostPath: { path: '/.aws' } }], containers: [{ volumeMounts: [{ name: 'c' }] }] }),
  ],
  ['C-0020', 'allowed', pod({ volumes: [{ name: 'c', hostPath: { path: '/.aws' } }], containers: [{}] })],
  [
    'C-0020',
    'allowed',
    pod({ volumes: [{ name: 'c', hostPath: { path: '/etc' } }], containers: [{ volumeMounts: [{ name: 'c' }] }] }),
  ],
  ['C-0026', 'denied', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: {} }],
  ['C-0038', 'denied', pod({ hostIPC: true })],
  ['C-0041', 'denied', pod({ hostNetwork: true })],
  ['C-0041', 'allowed', pod({ hostNetwork: false })],
  ['C-0044', 'denied', container({ ports: [{ containerPort: 80, hostPort: 0 }] })],
  [
    'C-0045',
    'denied',
    pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }], containers: [{ volumeMounts: [{ name: 'v' }] }] }),
  ],
  [
    'C-0045',
    'allowed',
    pod({
      volumes: [{ name: 'v', hostPath: { path: '/' } }],
      containers: [{ volumeMounts: [{ name: 'v', readOnly: true }] }],
    }),
  ],
  ['C-0046', 'denied', container({ securityContext: { capabilities: { add: ['sys_admin'] } } })],
  ['C-0055', 'denied', container({})],
  ['C-0055', 'allowed', pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } }, containers: [{}] })],
  ['C-0057', 'denied', container({ securityContext: { privileged: true } })],
  ['C-0057', 'denied', container({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } })],
  ['C-0073', 'denied', pod({})],
  [
    'C-0073',
    'allowed',
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', ownerReferences: [{ kind: 'ReplicaSet' }] } },
  ],
  ['C-0074', 'denied', pod({ volumes: [{ name: 's', hostPath: { path: '/var/run/docker.sock' } }] })],
  ['C-0075', 'denied', container({ image: 'a.example.com:5000/web', imagePullPolicy: 'IfNotPresent' })],
  ['C-0075', 'allowed', container({ image: 'web:1', imagePullPolicy: 'IfNotPresent' })],
  ['C-0075', 'allowed', container({ image: 'web:latest' })],
  ['C-0077', 'denied', pod({})],
  ['C-0078', 'allowed', container({ image: 'registry.example.com/team/web' })],
  ['C-0078', 'denied', container({ image: 'registry.example.com/teams/web' })],
  ['C-0081', 'allowed', deployment({ spec: { containers: [{ image: 'argocd:v2.1.9' }] } })],
  ['C-0081', 'denied', deployment({ spec: { initContainers: [{ image: 'quay.io/argoproj/argocd:v2.1.8' }] } })],
  ['C-0081', 'allowed', deployment({ spec: { containers: [{ image: 'quay.io/my-argocd:v2.1.8' }] } })],
  ['C-0200', 'denied', container({ securityContext: { capabilities: { add: ['CHOWN'] } } })],
  ['C-0269', 'denied', container({ resources: { requests: { cpu: 1 } } })],
  ['C-0270', 'allowed', container({ resources: { limits: { cpu: 1 } } })],
  ['C-0271', 'denied', container({})],
  [
    'C-0281',
    'denied',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'a' },
      rules: [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['*'], verbs: ['patch'] }],
    },
  ],
  ['C-0296', 'allowed', selecting({ matchLabels: { app: 'web' } }, { app: 'web', tier: 'x' })],
  ['C-0296', 'denied', selecting({ matchLabels: { app: 'web' } }, { app: 'api' })],
  ['C-0296', 'denied', selecting({ matchLabels: { app: 'web' } }, {})],
  ['C-0296', 'denied', selecting(requirement('In', ['api']), { app: 'web' })],
  ['C-0296', 'denied', selecting(requirement('In', ['api']), {})],
  ['C-0296', 'denied', selecting(requirement('NotIn', ['web']), { app: 'web' })],
  ['C-0296', 'allowed', selecting(requirement('NotIn', ['web']), {})],
  ['C-0296', 'denied', selecting(requirement('Exists'), {})],
  ['C-0296', 'denied', selecting(requirement('DoesNotExist'), { app: 'web' })],
  ['C-0296', 'allowed', selecting(requirement('DoesNotExist'), {})],
  [
    'C-0296',
    'denied',
    {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'a' },
      spec: { selector: { app: 'web' }, template: { metadata: { labels: { app: 'api' } } } },
    },
  ],
])('%s: %s %j', (control, is, object) => {
  expect(verdict(control, object)).toBe(is)
})

test('the library is deployed as a kind, a configuration and policies, which a scan reads as controls', () => {
  const text = deployLibrary()
  const objects = splitDocuments(text).map((slice) => readDocument(text, slice).value as ValueMap)
  expect(objects.map(({ kind }) => kind)).toEqual([
    'CustomResourceDefinition',
    'ControlConfiguration',
    ...POLICY_LIBRARY.map(() => 'ValidatingAdmissionPolicy'),
  ])
  const set = readCustomPolicies([{ path: 'library.yaml', text }])
  expect(set.problems).toEqual([])
  expect(set.controls.map(({ id }) => id)).toEqual(POLICY_LIBRARY.map(({ control }) => control))
})

test('a binding names what it puts in force, where, and with what parameters', () => {
  const made = policyBinding({
    name: 'no-privileged',
    control: 'c-0046',
    namespaces: ['shop'],
    labels: ['app=cart'],
    actions: ['Deny', 'audit'],
    resourceRules: ['apps/v1/deployments'],
    parameterReference: 'basic-control-configuration',
  })
  const text = 'yaml' in made ? made.yaml : made.problem
  const [slice] = splitDocuments(text)
  expect(slice === undefined ? undefined : readDocument(text, slice).value).toEqual({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'no-privileged' },
    spec: {
      policyName: 'kubescape-c-0046-insecure-capabilities',
      paramRef: { name: 'basic-control-configuration', parameterNotFoundAction: 'Deny' },
      validationActions: ['Deny', 'Audit'],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
        },
        objectSelector: { matchLabels: { app: 'cart' } },
        resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['*'] }],
      },
    },
  })
})

const NAMED = { name: 'a', policy: 'own-policy' }

test.each([
  [{ name: 'A_b', policy: 'x' }, /name of the binding/],
  [{ name: 'a' }, /a policy or a control/],
  [{ name: 'a', policy: 'x', control: 'C-0057' }, /a policy or a control/],
  [{ name: 'a', control: 'C-9999' }, /no policy for the control C-9999/],
  [{ ...NAMED, namespaces: ['no_name'] }, /the namespace/],
  [{ ...NAMED, labels: ['app'] }, /key=value/],
  [{ ...NAMED, labels: ['app!=x'] }, /key=value/],
  [{ ...NAMED, actions: ['Stop'] }, /no action "Stop"/],
  [{ ...NAMED, actions: ['Warn', 'Warn'] }, /twice/],
  [{ ...NAMED, actions: ['Deny', 'Warn'] }, /exclude each other/],
  [{ ...NAMED, resourceRules: ['deployments'] }, /group\/version\/resource/],
  [{ name: 'a', control: 'C-0046' }, /takes parameters/],
  [{ name: 'a', control: 'C-0057', resourceRules: ['/v1/services'] }, /not about services/],
])('a binding %j is refused', (options, problem) => {
  const made = policyBinding(options)
  expect('problem' in made ? made.problem : made.yaml).toMatch(problem)
})

test('a binding for another version of a type only warns', () => {
  const made = policyBinding({ name: 'a', control: 'C-0057', resourceRules: ['apps/v1beta1/deployments'] })
  expect('warnings' in made && made.warnings).toHaveLength(1)
})
