/** Audit logs enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0067',
  name: 'Audit logs enabled',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Requests to the API server are not recorded, or only in part. After an incident nobody can tell who read a Secret, changed a role or started a pod.',
  repair:
    'Start kube-apiserver with `--audit-policy-file` and a backend such as `--audit-log-path`; limit disk use with `--audit-log-maxsize` and `--audit-log-maxbackup`. On EKS turn on all five control plane log types, on GKE the components in `loggingConfig`. Send the logs to storage outside the cluster.',
  needs: { what: "the cloud's description of the cluster (a ClusterDescribe object)", kinds: ['ClusterDescribe'] },
  checks: [
    { shape: 'unavailable', name: 'k8s-audit-logs-enabled-cloud', match: FACTS },
    { shape: 'unavailable', name: 'k8s-audit-logs-enabled-native', match: FACTS },
  ],
})
