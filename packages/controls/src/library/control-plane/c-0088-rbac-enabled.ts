/** RBAC enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0088',
  name: 'RBAC enabled',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server does not authorise requests by RBAC, so Roles and ClusterRoles have no effect. In mode `AlwaysAllow` every authenticated user or pod may do anything.',
  repair:
    'Add `RBAC` to `--authorization-mode` of kube-apiserver, usually `Node,RBAC`, and create the bindings that workloads need first, or they lose access. An AKS cluster with `enableRBAC: false` cannot be converted: create a new cluster with RBAC and move the workloads.',
  needs: { what: "the cloud's description of the cluster (a ClusterDescribe object)", kinds: ['ClusterDescribe'] },
  checks: [
    { shape: 'unavailable', name: 'rbac-enabled-cloud', match: FACTS },
    { shape: 'unavailable', name: 'rbac-enabled-native', match: FACTS },
  ],
})
