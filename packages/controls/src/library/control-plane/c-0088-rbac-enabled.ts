/** RBAC enabled. */
import { field } from '@kubescape/resources'
import { eachApiServerPod } from '../../checks/api-server-pod.ts'
import { eachCluster, NEEDS_API_SERVER_OR_CLOUD } from '../../checks/cluster-description.ts'
import { listOf, usesOf } from '../../checks/command-flags.ts'
import { missing, wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0088',
  name: 'RBAC enabled',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server does not authorise requests by RBAC, so Roles and ClusterRoles have no effect. In mode `AlwaysAllow`, the default without flag and file, every authenticated user or pod may do anything.',
  repair:
    'Add `RBAC` to `--authorization-mode` of kube-apiserver, usually `Node,RBAC`, and create the bindings that workloads need first, or they lose access. An AKS cluster with `enableRBAC: false` cannot be converted: create a new cluster with RBAC and move the workloads.',
  references: ['rbac', 'authorization'],
  needs: NEEDS_API_SERVER_OR_CLOUD,
  checks: [
    eachCluster('rbac-enabled-cloud', {
      aks: (data) =>
        field(data, 'properties', 'enableRBAC') === true ? undefined : [wrong('data.properties.enableRBAC')],
      eks: () => undefined,
      gke: () => undefined,
    }),
    eachApiServerPod('rbac-enabled-native', (line) => {
      const use = usesOf(line.items, '--authorization-mode').at(-1)
      if (use !== undefined) return listOf(use.value).includes('RBAC') ? undefined : [wrong(use.path)]
      // A file may name the modes; it is not read. Without flag and file the mode is AlwaysAllow.
      return usesOf(line.items, '--authorization-config').some(({ value }) => value)
        ? 'not-tested'
        : [missing(line.end(0), '--authorization-mode=Node,RBAC')]
    }),
  ],
})
