/** Names and namespaces, and the references that follow them. */
import { describe, expect, test } from 'vitest'

import { configMap, failure, named, names, output, outputOf } from '../../testing/kustomizations.ts'

describe('namePrefix and nameSuffix', () => {
  test('are put on over several overlays', async () => {
    const texts = {
      'top/kustomization.yaml': 'resources: [../mid]\nnamePrefix: top-\nnameSuffix: -v2\n',
      'mid/kustomization.yaml': 'resources: [../base]\nnamePrefix: mid-\nnameSuffix: -v1\n',
      'base/kustomization.yaml': 'resources: [one.yaml]\n',
      'base/one.yaml': configMap('one'),
    }
    expect(await names(texts, 'top')).toEqual(['ConfigMap top-mid-one-v1-v2'])
  })

  test.each([
    ['v1', 'Namespace'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['apiregistration.k8s.io/v1', 'APIService'],
  ])('leave a %s %s as it is called', async (apiVersion, kind) => {
    const texts = {
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n',
      'a.yaml': named(apiVersion, kind, 'a'),
    }
    expect(await names(texts)).toEqual([`${kind} a`])
  })

  test('change the fields of a configuration too', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\nconfigurations: [c.yaml]\n',
      'c.yaml': 'namePrefix: [{kind: Thing, path: spec/partner}]\n',
      'a.yaml': `${named('example.com/v1', 'Thing', 'a')}spec:\n  partner: b\n`,
    }
    expect(await output(texts)).toContain('name: x-a\nspec:\n  partner: x-b\n')
  })
})

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: settings
    - secretRef:
        name: other
    name: web
  serviceAccountName: runner
  volumes:
  - name: v
    projected:
      sources:
      - configMap:
          name: settings
`

describe('references', () => {
  test('follow the names of the objects that they mean, and of no others', async () => {
    const text = await output({
      'kustomization.yaml': 'resources: [pod.yaml, more.yaml]\nnamePrefix: x-\n',
      'pod.yaml': pod,
      'more.yaml': `${configMap('settings')}---\n${named('v1', 'ServiceAccount', 'runner')}`,
    })
    expect(text.match(/x-settings/g)).toHaveLength(3)
    expect(text).toContain('serviceAccountName: x-runner')
    expect(text).toContain('secretRef:\n        name: other\n')
  })

  test('mean what came the same way where names repeat', async () => {
    const base = { 'base/kustomization.yaml': 'resources: [pod.yaml, c.yaml]\n', 'base/pod.yaml': pod }
    const text = await output({
      ...base,
      'kustomization.yaml': 'resources: [a, b]\n',
      'a/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
      'b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
      'base/c.yaml': configMap('settings'),
    })
    const [a = '', b = ''] = text.split('---\n').filter((each) => each.includes('kind: Pod'))
    expect([a.match(/[ab]-settings/g), b.match(/[ab]-settings/g)]).toEqual([
      ['a-settings', 'a-settings'],
      ['b-settings', 'b-settings'],
    ])
  })

  test('do not lead into other namespaces', async () => {
    const other = `${configMap('settings')}  namespace: other\n`
    const texts = { 'kustomization.yaml': 'resources: [pod.yaml, c.yaml]\nnamePrefix: x-\n', 'pod.yaml': pod }
    expect(await output({ ...texts, 'c.yaml': other })).toContain('configMapRef:\n        name: settings')
    const same = `${configMap('settings')}  namespace: default\n`
    expect(await output({ ...texts, 'c.yaml': same })).toContain('configMapRef:\n        name: x-settings')
  })

  test('of own kinds are told by a configuration', async () => {
    const text = await output({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\nconfigurations: [c.yaml]\n',
      'c.yaml': 'nameReference: [{kind: Thing, fieldSpecs: [{kind: Use, path: spec/things/ref}]}]\n',
      'a.yaml': `${named('example.com/v1', 'Thing', 'a')}---\n${named('example.com/v1', 'Use', 'u')}spec:\n  things:\n  - ref: a\n  - ref: b\n`,
    })
    expect(text).toContain('things:\n  - ref: x-a\n  - ref: b\n')
  })

  test('of own kinds are told by a description of the kind', async () => {
    const crd = {
      'example.com/v1.Use': {
        Schema: {
          properties: { apiVersion: {}, kind: {}, spec: { $ref: 'example.com/v1.UseSpec' } },
          'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Use' }],
        },
      },
      'example.com/v1.UseSpec': {
        Schema: {
          properties: {
            thing: { 'x-kubernetes-object-ref-kind': 'Thing', 'x-kubernetes-object-ref-api-version': 'v1' },
          },
        },
      },
    }
    const text = await output({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\ncrds: [crd.json]\n',
      'crd.json': JSON.stringify(crd),
      'a.yaml': `${named('example.com/v1', 'Thing', 'a')}---\n${named('example.com/v1', 'Use', 'u')}spec:\n  thing:\n    name: a\n`,
    })
    expect(text).toContain('thing:\n    name: x-a\n')
  })

  test('in roles and annotations follow as well', async () => {
    const role =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n- resourceNames: [settings, more]\n'
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\n  annotations:\n    nginx.ingress.kubernetes.io/auth-secret: s\nspec:\n  defaultBackend: {service: {name: svc}}\n'
    const text = await output({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n',
      'a.yaml': [role, ingress, configMap('settings'), named('v1', 'Secret', 's'), named('v1', 'Service', 'svc')].join(
        '---\n',
      ),
    })
    expect(text).toContain('resourceNames:\n  - x-settings\n  - more\n')
    expect(text).toContain('auth-secret: x-s\n')
    expect(text).toContain('service:\n      name: x-svc\n')
  })

  test('that could mean several objects end the build', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [pod.yaml, a, b]\nnamePrefix: x-\n',
      'pod.yaml': pod.replaceAll('settings', 'one'),
      'a/kustomization.yaml': 'resources: [../base]\nnameSuffix: -a\n',
      'b/kustomization.yaml': 'resources: [../base]\nnameSuffix: -b\n',
      'base/kustomization.yaml': 'resources: [one.yaml]\n',
      'base/one.yaml': configMap('one'),
    }
    // Neither has come the way of the Pod, so it keeps the name.
    expect(await output(texts)).toContain('configMapRef:\n        name: one\n')
  })
})

describe('namespace', () => {
  test('goes on what has one, own kinds included', async () => {
    const all = [
      named('v1', 'Namespace', 'old'),
      named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'cr'),
      named('example.com/v1', 'Thing', 'thing'),
      named('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'policy'),
      `${configMap('c')}  namespace: other\n`,
    ]
    const text = await output({
      'kustomization.yaml': 'resources: [a.yaml]\nnamespace: shop\n',
      'a.yaml': all.join('---\n'),
    })
    expect(
      text
        .split('---\n')
        .map((each) => /kind: (.*)/.exec(each)?.[1] + (each.match(/ {2}name(?:space)?: .*/g) ?? []).join()),
    ).toEqual([
      'Namespace  name: shop',
      'ClusterRole  name: cr',
      'ConfigMap  name: c,  namespace: shop',
      'ValidatingAdmissionPolicy  name: policy,  namespace: shop',
      'Thing  name: thing,  namespace: shop',
    ])
  })

  test('goes on accounts in bindings that are built, and on the one called default', async () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: b
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- {kind: ServiceAccount, name: default}
- {kind: ServiceAccount, name: runner, namespace: old}
- {kind: ServiceAccount, name: foreign, namespace: old}
- {kind: User, name: default}
`
    const text = await outputOf(
      'namespace: shop\nresources: [object.yaml, sa.yaml]\n'.replace('resources', '#'),
      binding,
      {},
    )
    expect(text).toContain('name: default\n  namespace: shop\n- kind: ServiceAccount\n  name: runner\n  namespace: old')
    const both = await output({
      'kustomization.yaml': 'resources: [b.yaml, sa.yaml]\nnamespace: shop\nnamePrefix: x-\n',
      'b.yaml': binding,
      'sa.yaml': `${named('v1', 'ServiceAccount', 'runner')}  namespace: old\n`,
    })
    expect(both).toContain(
      'name: x-runner\n  namespace: shop\n- kind: ServiceAccount\n  name: foreign\n  namespace: old\n- kind: User\n  name: default\n',
    )
  })

  test('goes on the services of webhooks, APIs and conversions', async () => {
    const hook = `${named('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'h')}webhooks:\n- clientConfig:\n    service:\n      name: svc\n      namespace: old\n`
    const api = `${named('apiregistration.k8s.io/v1', 'APIService', 'v1.x')}spec:\n  service:\n    name: svc\n    namespace: old\n`
    const crd = `${named('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'x.y')}spec:\n  conversion:\n    webhook:\n      clientConfig:\n        service:\n          name: svc\n          namespace: old\n`
    const service = `${named('v1', 'Service', 'svc')}  namespace: old\n`
    const text = await output({
      'kustomization.yaml': 'resources: [a.yaml]\nnamespace: new\n',
      'a.yaml': [hook, api, crd, service].join('---\n'),
    })
    expect(text).not.toContain('old')
    expect(text.match(/namespace: new/g)).toHaveLength(4)
  })

  test('may not make two objects one', async () => {
    const a = configMap('a')
    expect(
      await failure({
        'kustomization.yaml': 'resources: [a.yaml]\n\nnamespace: shop\n',
        'a.yaml': `${a}---\n${a}  namespace: other\n`,
      }),
    ).toBe('kustomization.yaml:3: namespace transformation produces ID conflict: ConfigMap.v1.[noGrp]/a.shop')
  })
})
