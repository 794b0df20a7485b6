/** Audit logs enabled. */
import { asList, asTexts, field } from '@kubescape/resources'
import { eachApiServerPod } from '../../checks/api-server-pod.ts'
import { eachCluster, NEEDS_API_SERVER_OR_CLOUD } from '../../checks/cluster-description.ts'
import { usesOf } from '../../checks/command-flags.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** The log types of an EKS control plane. */
const EKS_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']

export default defineControl({
  id: 'C-0067',
  name: 'Audit logs enabled',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Requests to the API server are not recorded, or only in part. After an incident nobody can tell who read a Secret, changed a role or started a pod.',
  repair:
    'Start kube-apiserver with `--audit-policy-file` and a backend such as `--audit-log-path`; limit disk use with `--audit-log-maxsize` and `--audit-log-maxbackup`. On EKS turn on all five control plane log types, on GKE the components in `loggingConfig`. Send the logs to storage outside the cluster.',
  references: ['auditing', 'apiServerFlags'],
  needs: NEEDS_API_SERVER_OR_CLOUD,
  checks: [
    eachCluster('k8s-audit-logs-enabled-cloud', {
      eks: (data) => {
        const logging = field(data, 'Cluster', 'Logging', 'ClusterLogging')
        if (logging === undefined) return 'not-tested'
        return EKS_LOGS.every((type) =>
          asList(logging).some(
            (entry) => field(entry, 'Enabled') === true && asTexts(field(entry, 'Types')).includes(type),
          ),
        )
          ? undefined
          : []
      },
      gke: (data) =>
        asList(field(data, 'logging_config', 'component_config', 'enable_components')).length > 0 ? undefined : [],
    }),
    eachApiServerPod('k8s-audit-logs-enabled-native', (line) =>
      usesOf(line.items, '--audit-policy-file').some(({ value }) => value) ? undefined : [wrong(line.listPath)],
    ),
  ],
})
