/** Whose Kubernetes it is, told from what a server shows anyway. */
import { expect, test } from 'vitest'

import { detectPlatform, type PlatformFacts } from './detect-platform.ts'

const version = (gitVersion: string): PlatformFacts => ({
  version: { gitVersion, major: '1', minor: '31', platform: 'linux/amd64' },
})

const node = (providerID: string, labels: Record<string, string> = {}, name = 'node'): PlatformFacts => ({
  nodes: [
    {
      metadata: { name, labels },
      spec: { providerID },
      status: { nodeInfo: { kubeletVersion: 'v1.31.0' } },
    },
  ],
})

const group = (name: string): PlatformFacts => ({
  discovery: {
    resources: [{ group: name, version: 'v1', kind: 'A', plural: 'a', namespaced: true, verbs: [], isPreferred: true }],
    failures: [],
  },
})

test.each<[PlatformFacts, string, boolean, string]>([
  [version('v1.31.4-eks-2d5f260'), 'eks', true, 'version v1.31.4-eks-2d5f260'],
  [version('v1.30.5-gke.1443001'), 'gke', true, 'version v1.30.5-gke.1443001'],
  [version('v1.31.1+k3s1'), 'k3s', false, 'version v1.31.1+k3s1'],
  [version('v1.31.1+rke2r1'), 'rke2', false, 'version v1.31.1+rke2r1'],
  [version('v1.31.1+k0s'), 'k0s', false, 'version v1.31.1+k0s'],
  [version('v1.30.1-aliyun.1'), 'alibaba', true, 'version v1.30.1-aliyun.1'],
  [version('v1.30.3+IKS'), 'ibm', true, 'version v1.30.3+IKS'],
  [version('v1.31.4'), '', false, ''],
  [group('config.openshift.io'), 'openshift', false, 'group config.openshift.io'],
  [
    { ...node('azure:///subscriptions/1'), ...group('config.openshift.io') },
    'openshift',
    false,
    'group config.openshift.io',
  ],
  [
    node('azure:///subscriptions/1', { 'kubernetes.azure.com/cluster': 'x' }),
    'aks',
    true,
    'label kubernetes.azure.com/cluster',
  ],
  [
    node('digitalocean://1', { 'doks.digitalocean.com/node-id': 'x' }),
    'digitalocean',
    true,
    'label doks.digitalocean.com/node-id',
  ],
  [node('kind://docker/kind/kind-control-plane'), 'kind', false, 'provider ID kind://docker/kind/kind-control-plane'],
  [node('', { 'minikube.k8s.io/name': 'minikube' }), 'minikube', false, 'label minikube.k8s.io/name'],
  [node('', {}, 'minikube'), 'minikube', false, 'node minikube'],
  [node('', { 'microk8s.io/cluster': 'true' }), 'microk8s', false, 'label microk8s.io/cluster'],
  [node('oci://ocid1.instance'), 'oke', false, 'provider ID oci://ocid1.instance'],
  [node('vsphere://42'), 'vsphere', false, 'provider ID vsphere://42'],
  [{ server: 'https://A1.gr7.eu-west-1.eks.amazonaws.com' }, 'eks', true, 'server a1.gr7.eu-west-1.eks.amazonaws.com'],
  [
    { server: 'https://shop-1234.hcp.westeurope.azmk8s.io:443' },
    'aks',
    true,
    'server shop-1234.hcp.westeurope.azmk8s.io',
  ],
  [{ server: 'no URL' }, '', false, ''],
  [{}, '', false, ''],
])('%o is %s', (facts, provider, managedControlPlane, evidence) => {
  expect(detectPlatform(facts)).toEqual({ provider, managedControlPlane, evidence })
})

test('a control plane of one’s own on the machines of a cloud is not managed by it', () => {
  expect(detectPlatform({ ...version('v1.31.4'), ...node('aws:///eu-west-1a/i-1') })).toMatchObject({
    provider: 'eks',
    managedControlPlane: false,
  })
})

test('a distribution is told from the cloud that it runs on', () => {
  expect(detectPlatform({ ...version('v1.31.1+rke2r1'), ...node('aws:///eu-west-1a/i-1') }).provider).toBe('rke2')
})

test('the nodes tell the version where the server does not', () => {
  const nodes = [{ status: { nodeInfo: { kubeletVersion: 'v1.30.5-gke.1443001' } } }]
  expect(detectPlatform({ nodes }).provider).toBe('gke')
})
