import { describe, expect, test } from 'vitest'

import { output } from '../../testing/kustomizations.ts'

/** The objects with a prefix on all of their names. */
function prefixed(...objects: readonly string[]): Promise<string> {
  return output({
    'kustomization.yaml': 'resources: [objects.yaml]\nnamePrefix: p-\n',
    'objects.yaml': objects.join('---\n'),
  })
}

function named(apiVersion: string, kind: string, more = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n${more}`
}

const SECRET = named('v1', 'Secret')

describe('names that follow', () => {
  test.each([
    ['volumes of files', named('v1', 'PersistentVolume', 'spec: {azureFile: {secretName: x}}\n'), 'secretName: p-x'],
    ['templates', named('v1', 'PodTemplate', 'template: {spec: {imagePullSecrets: [{name: x}]}}\n'), '- name: p-x'],
    ['storage classes', named('storage.k8s.io/v1', 'StorageClass', 'parameters: {secretRef: x}\n'), 'secretRef: p-x'],
    [
      'services of Knative',
      named(
        'serving.knative.dev/v1',
        'Service',
        'spec: {template: {spec: {containers: [{env: [{valueFrom: {secretKeyRef: {name: x}}}]}]}}}\n',
      ),
      'secretKeyRef:\n              name: p-x',
    ],
  ])('stand in %s', async (_, object, wanted) => {
    expect(await prefixed(SECRET, object)).toContain(wanted)
  })

  test('stand in annotations whose keys have slashes', async () => {
    const object = named('networking.k8s.io/v1', 'Ingress').replace(
      'name: x',
      'name: y\n  annotations: {nginx.ingress.kubernetes.io/auth-secret: x}',
    )
    expect(await prefixed(SECRET, object)).toContain('nginx.ingress.kubernetes.io/auth-secret: p-x')
  })
})

describe('names that stay, as kustomize does not know their fields', () => {
  test.each([
    ['secrets of accounts', SECRET, named('v1', 'ServiceAccount', 'secrets: [{name: x}]\n'), '\nsecrets:\n- name: x\n'],
    [
      'classes of ingresses',
      named('networking.k8s.io/v1', 'IngressClass'),
      named('networking.k8s.io/v1', 'Ingress', 'spec: {ingressClassName: x}\n'),
      'ingressClassName: x\n',
    ],
    [
      'webhooks that convert',
      named('v1', 'Service'),
      named(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        'spec: {conversion: {webhook: {clientConfig: {service: {name: x}}}}}\n',
      ),
      'service:\n          name: x\n',
    ],
  ])('are %s', async (_, target, object, wanted) => {
    expect(await prefixed(target, object)).toContain(wanted)
  })
})
