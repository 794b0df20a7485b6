/** Where control planes are. */
import { expect, test } from 'vitest'

import type { Provider } from '@kubescape/cluster'

import { controlPlaneOf } from './control-plane.ts'

const place = (provider: Provider | '', managedControlPlane = false): ReturnType<typeof controlPlaneOf> =>
  controlPlaneOf({ provider, managedControlPlane, evidence: '' })

test.each<[Provider, string]>([
  ['eks', 'EKS'],
  ['gke', 'GKE'],
  ['aks', 'AKS'],
  ['oke', 'Oracle Cloud'],
  ['digitalocean', 'DigitalOcean'],
])('%s runs it itself, out of reach', (provider, name) => {
  expect(place(provider, true)).toEqual({ where: `the control plane is run by ${name}`, isOutOfReach: true })
})

test.each<[Provider, RegExp]>([
  ['k3s', /own process.*\/etc\/rancher\/k3s\/config\.yaml/],
  ['rke2', /static Pods.*\/var\/lib\/rancher\/rke2/],
  ['microk8s', /\/var\/snap\/microk8s\/current\/args/],
  ['openshift', /openshift-kube-apiserver/],
  ['k0s', /\/etc\/k0s\/k0s\.yaml/],
])('%s has it within reach, and the place says where', (provider, where) => {
  expect(place(provider)).toEqual({ where: expect.stringMatching(where) as string, isOutOfReach: false })
})

test('on machines of a cloud without its service, on kind and where nothing is known it is in Pods', () => {
  for (const provider of ['eks', 'kind', 'minikube', 'vsphere', ''] as const) expect(place(provider)).toBeUndefined()
})
