/** Objects of a made-up cluster, for measuring: every sort that joins look at, spread over namespaces. */
import type { ValueMap } from '@kubescape/resources'

/** Objects of a cluster with that many Deployments, two fifths as many Services, as many bindings, a fifth as many policies. */
export function* syntheticCluster(workloads: number, perNamespace: number): Generator<ValueMap> {
  const namespaces = Math.ceil(workloads / perNamespace)
  const namespaceOf = (at: number): string => `team-${at % namespaces}`
  for (let at = 0; at < namespaces; at++) yield named('v1', 'Namespace', namespaceOf(at))
  for (let at = 0; at < workloads; at++) {
    const namespace = namespaceOf(at)
    const labels = { app: `app-${at}`, tier: at % 3 === 0 ? 'web' : 'inner' }
    yield { ...named('v1', 'ServiceAccount', `app-${at}`, namespace) }
    if (at % 4 === 0) yield { ...named('v1', 'Secret', `app-${at}`, namespace), data: { password: 'c2VjcmV0' } }
    if (at % 4 === 1) yield { ...named('v1', 'ConfigMap', `app-${at}`, namespace), data: { level: 'info' } }
    yield {
      ...named('apps/v1', 'Deployment', `app-${at}`, namespace),
      spec: {
        replicas: (at % 5) + 1,
        selector: { matchLabels: { app: `app-${at}` } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: `app-${at}`,
            containers: [
              {
                name: 'app',
                image: `registry.example.com/team/app-${at}:1.0`,
                resources: { limits: { cpu: '1', memory: '1Gi' } },
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
            volumes: [
              at % 4 === 0
                ? { name: 'data', secret: { secretName: `app-${at}` } }
                : { name: 'data', configMap: { name: `app-${at}` } },
            ],
          },
        },
      },
    }
    yield {
      ...named('rbac.authorization.k8s.io/v1', 'RoleBinding', `app-${at}`, namespace),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `reader-${at % 7}` },
      subjects: [{ kind: 'ServiceAccount', name: `app-${at}`, namespace }],
    }
    if (at % 5 < 2) {
      yield {
        ...named('v1', 'Service', `app-${at}`, namespace),
        spec: {
          type: at % 10 === 0 ? 'LoadBalancer' : 'ClusterIP',
          selector: { app: `app-${at}` },
          ports: [{ port: 80 }],
        },
      }
    }
    if (at % 5 === 0) {
      yield {
        ...named('networking.k8s.io/v1', 'NetworkPolicy', `app-${at}`, namespace),
        spec: { podSelector: { matchLabels: { app: `app-${at}` } }, policyTypes: ['Ingress', 'Egress'] },
      }
      const backend = { service: { name: `app-${at}`, port: { number: 80 } } }
      yield {
        ...named('networking.k8s.io/v1', 'Ingress', `app-${at}`, namespace),
        spec: {
          rules: [{ host: `app-${at}.example.com`, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
        },
      }
    }
  }
  for (let at = 0; at < namespaces; at++) {
    for (let role = 0; role < 7; role++) {
      yield {
        ...named('rbac.authorization.k8s.io/v1', 'Role', `reader-${role}`, namespaceOf(at)),
        rules: [{ apiGroups: [''], resources: [role === 0 ? '*' : 'configmaps'], verbs: ['get', 'list'] }],
      }
    }
  }
}

function named(apiVersion: string, kind: string, name: string, namespace?: string): ValueMap {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
}
