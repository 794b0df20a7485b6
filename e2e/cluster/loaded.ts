/** Clusters with something to find in them. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../kubescape.ts'
import { startCluster, type Cluster, type ClusterOptions } from './testbed/cluster.ts'

/** The shared manifests, where they are at hand; without them the example shop is all that is loaded. */
const corpus: string = join(process.env['KUBESCAPE_SHARED'] ?? join(root, '../shared'), 'corpus/medium')

const hasCorpus: boolean = existsSync(corpus)

const RBAC = `apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: everything}
rules:
- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everything}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: everything}
subjects:
- {kind: ServiceAccount, name: deployer, namespace: default}
- {kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: secrets, namespace: shop}
rules:
- {apiGroups: [''], resources: [secrets], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: secrets, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: secrets}
subjects:
- {kind: ServiceAccount, name: default, namespace: shop}
`

/** In versions that servers of 2021 took; later ones refuse them. */
const PAST = `apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: nightly-beta, namespace: shop}
spec:
  schedule: '0 3 * * *'
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          hostNetwork: true
          containers: [{name: main, image: nginx, securityContext: {privileged: true}}]
---
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: {name: open}
spec:
  privileged: true
  hostNetwork: true
  volumes: ['*']
  seLinux: {rule: RunAsAny}
  runAsUser: {rule: RunAsAny}
  supplementalGroups: {rule: RunAsAny}
  fsGroup: {rule: RunAsAny}
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: past, namespace: shop}
spec: {backend: {serviceName: web, servicePort: 80}}
---
apiVersion: rbac.authorization.k8s.io/v1beta1
kind: RoleBinding
metadata: {name: past, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
`

/** A cluster with the example shop, some rights, and the shared manifests where they are at hand. */
export async function startLoadedCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const cluster = await startCluster(options)
  try {
    await cluster.apply('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n')
    const files = [
      ...globSync('**/*.yaml', { cwd: join(root, 'examples/shop') }).map((file) => join(root, 'examples/shop', file)),
      ...(hasCorpus ? globSync('**/*.{yaml,yml}', { cwd: corpus }).map((file) => join(corpus, file)) : []),
    ]
    // Not every file is a manifest that this version takes: what it refuses is not in the cluster, for anybody.
    for (const file of files.toSorted())
      await cluster.kubectl(['apply', '-f', '-'], { stdin: readFileSync(file, 'utf8') })
    await cluster.kubectl(['apply', '-f', '-'], { stdin: PAST })
    await cluster.apply(RBAC)
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
