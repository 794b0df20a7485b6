/** What kubeconfigs say of the cluster shop in each cloud. */
import type { ClusterFacts } from '../src/cloud/cluster-facts.ts'

/** Without any environment. */
export const KUBECONFIGS: Readonly<Record<'aks' | 'eks' | 'gke', Omit<ClusterFacts, 'env'>>> = {
  eks: {
    context: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
    cluster: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
    user: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
    server: 'https://9C6E2D1A.gr7.eu-west-1.eks.amazonaws.com',
    nodes: [],
  },
  gke: {
    context: 'gke_acme-retail_europe-west4_shop',
    cluster: 'gke_acme-retail_europe-west4_shop',
    user: 'gke_acme-retail_europe-west4_shop',
    server: 'https://203.0.113.20',
    nodes: [],
  },
  aks: {
    context: 'shop',
    cluster: 'shop',
    user: 'clusterUser_retail_shop',
    server: 'https://shop-retail-0b1f64-d4f92eaa.hcp.westeurope.azmk8s.io:443',
    nodes: [],
  },
}
