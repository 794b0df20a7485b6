/** Where clusters are in their clouds, by what kubeconfigs, nodes and the environment say. */
import { describe, expect, test } from 'vitest'

import { KUBECONFIGS } from '../../testing/clusters.ts'
import { AKS } from './aks.ts'
import type { ClusterFacts } from './cluster-facts.ts'
import { EKS } from './eks.ts'
import { GKE } from './gke.ts'

const SUBSCRIPTION = '0b1f6471-1bf0-4dda-aec3-cb9272f09590'

const facts = (some: Partial<ClusterFacts>): ClusterFacts => ({
  context: 'a b',
  cluster: 'a b',
  user: 'me',
  server: 'https://192.0.2.1',
  nodes: [],
  env: {},
  ...some,
})

const named = (name: string, some: Partial<ClusterFacts> = {}): ClusterFacts =>
  facts({ context: name, cluster: name, ...some })

const machine = (providerID: string, labels: Record<string, string> = {}): Partial<ClusterFacts> => ({
  nodes: [{ metadata: { name: 'n', labels } }, { metadata: { name: 'm', labels }, spec: { providerID } }],
})

describe('a cluster of EKS', () => {
  test.each<[string, ClusterFacts, object]>([
    ['by its ARN', { ...KUBECONFIGS.eks, env: {} }, { name: 'shop', region: 'eu-west-1' }],
    [
      'by the ARN of a renamed context',
      facts({ cluster: KUBECONFIGS.eks.cluster, context: 'prod' }),
      { name: 'shop', region: 'eu-west-1' },
    ],
    ['in China', named('arn:aws-cn:eks:cn-north-1:111122223333:cluster/a_b'), { name: 'a_b', region: 'cn-north-1' }],
    [
      'for a government',
      named('arn:aws-us-gov:eks:us-gov-east-1:111122223333:cluster/x'),
      { name: 'x', region: 'us-gov-east-1' },
    ],
    [
      'by eksctl',
      facts({ context: 'jane@shop.eu-west-1.eksctl.io', cluster: 'shop.eu-west-1.eksctl.io' }),
      { name: 'shop', region: 'eu-west-1' },
    ],
    [
      'by its server',
      named('shop', { server: 'https://9C6E.gr7.us-east-2.eks.amazonaws.com' }),
      { name: 'shop', region: 'us-east-2' },
    ],
    [
      'by its server in China',
      named('shop', { server: 'https://9C6E.yl4.cn-north-1.eks.amazonaws.com.cn' }),
      { name: 'shop', region: 'cn-north-1' },
    ],
    [
      'by labels of nodes',
      facts(machine('', { 'alpha.eksctl.io/cluster-name': 'shop', 'topology.kubernetes.io/region': 'eu-west-1' })),
      { name: 'shop', region: 'eu-west-1' },
    ],
    [
      'by the environment',
      facts({ env: { KS_KUBE_CLUSTER: 'shop', KS_CLOUD_REGION: 'eu-west-1' } }),
      { name: 'shop', region: 'eu-west-1' },
    ],
    [
      'by an ARN in the environment',
      facts({ env: { KS_KUBE_CLUSTER: KUBECONFIGS.eks.cluster } }),
      { name: 'shop', region: 'eu-west-1' },
    ],
    [
      'by what is said before what is found',
      { ...KUBECONFIGS.eks, env: { KS_KUBE_CLUSTER: 'till', KS_CLOUD_REGION: 'eu-west-2' } },
      { name: 'till', region: 'eu-west-2' },
    ],
    [
      'by what is found before what is set for other things',
      { ...KUBECONFIGS.eks, env: { AWS_REGION: 'eu-west-2' } },
      { name: 'shop', region: 'eu-west-1' },
    ],
    [
      'by what is set for other things',
      named('shop', { env: { AWS_DEFAULT_REGION: 'eu-west-3' } }),
      { name: 'shop', region: 'eu-west-3' },
    ],
  ])('is found %s', (_, given, place) => {
    expect(EKS.locate(given)).toEqual(place)
  })

  test('is not found by guessing', () => {
    expect(EKS.locate(named('shop'))).toMatchObject({
      code: 'cloud/unknown-place',
      message: 'neither the kubeconfig nor the nodes tell the region of this cluster: EKS was not asked',
      hint: expect.stringContaining('KS_CLOUD_REGION') as string,
    })
    expect(EKS.locate(named('in-cluster', { env: { AWS_REGION: 'eu-west-1' } }))).toMatchObject({
      code: 'cloud/unknown-place',
      message: expect.stringContaining('tell the name of') as string,
    })
  })

  test('whose region is said wrongly is not asked about', () => {
    expect(EKS.locate({ ...KUBECONFIGS.eks, env: { KS_CLOUD_REGION: 'Ireland' } })).toMatchObject({
      code: 'cloud/bad-place',
      message: 'KS_CLOUD_REGION is "Ireland", which is no region: EKS was not asked',
    })
  })
})

describe('a cluster of GKE', () => {
  const place = { name: 'shop', project: 'acme-retail', location: 'europe-west4' }

  test.each<[string, ClusterFacts, object]>([
    ['by its name', { ...KUBECONFIGS.gke, env: {} }, place],
    ['in a zone', named('gke_acme-retail_europe-west4-a_shop'), { ...place, location: 'europe-west4-a' }],
    [
      'in a project of a domain',
      named('gke_example.com:acme-corp_us-central1_shop'),
      { ...place, project: 'example.com:acme-corp', location: 'us-central1' },
    ],
    [
      'by a machine and the environment',
      named('shop', { ...machine('gce://acme-retail/europe-west4-a/gke-1'), env: { KS_CLOUD_REGION: 'europe-west4' } }),
      place,
    ],
    [
      'by the environment',
      facts({ env: { KS_KUBE_CLUSTER: 'shop', KS_GKE_PROJECT: 'acme-retail', KS_CLOUD_REGION: 'europe-west4' } }),
      place,
    ],
    [
      'by the name of a context in the environment',
      facts({ env: { KS_KUBE_CLUSTER: KUBECONFIGS.gke.context } }),
      place,
    ],
  ])('is found %s', (_, given, expected) => {
    expect(GKE.locate(given)).toEqual(expected)
  })

  test('is not found by its name alone', () => {
    expect(GKE.locate(named('shop'))).toMatchObject({
      message:
        'neither the kubeconfig nor the nodes tell the project and region or zone of this cluster: GKE was not asked',
      hint: expect.stringContaining('KS_GKE_PROJECT and KS_CLOUD_REGION') as string,
    })
  })
})

describe('a cluster of AKS', () => {
  test.each<[string, ClusterFacts, object]>([
    ['by its user', { ...KUBECONFIGS.aks, env: {} }, { name: 'shop', resourceGroup: 'retail', subscription: '' }],
    [
      'by its admin',
      facts({ context: 'shop-admin', cluster: 'shop', user: 'clusterAdmin_my_group_shop' }),
      { name: 'shop', resourceGroup: 'my_group', subscription: '' },
    ],
    [
      'in the subscription of its machines',
      named('shop', machine(`azure:///subscriptions/${SUBSCRIPTION}/resourceGroups/mc_retail_shop_westeurope/x`)),
      { name: 'shop', resourceGroup: '', subscription: SUBSCRIPTION },
    ],
    [
      'by the environment',
      facts({ env: { KS_KUBE_CLUSTER: 'shop', AZURE_RESOURCE_GROUP: 'retail', AZURE_SUBSCRIPTION_ID: SUBSCRIPTION } }),
      { name: 'shop', resourceGroup: 'retail', subscription: SUBSCRIPTION },
    ],
    ['by nothing, since Azure can be asked for all', facts({}), { name: '', resourceGroup: '', subscription: '' }],
  ])('is found %s', (_, given, place) => {
    expect(AKS.locate(given)).toEqual(place)
  })

  test('is asked for in its subscription', () => {
    const place = { name: 'shop', resourceGroup: 'retail', subscription: SUBSCRIPTION }
    expect(AKS.describe(place)).toEqual(
      `aks show --name shop --resource-group retail --subscription ${SUBSCRIPTION} --output json --only-show-errors`.split(
        ' ',
      ),
    )
    expect(AKS.describe({ ...place, resourceGroup: '' })).toEqual(
      `aks list --subscription ${SUBSCRIPTION} --output json --only-show-errors`.split(' '),
    )
  })
})
