/** Ensure that the kube-proxy metrics service is bound to localhost. */
import { asText, asMap, matching, readEmbedded, type Resource, type ValueMap } from '@kubescape/resources'
import { isNotLoopback } from '../../checks/component-flags.ts'
import { eachObject } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'
import { wrong } from '../../finding.ts'

/** Keys of the ConfigMap that may hold the configuration; the first one counts. */
const KEYS = ['config.conf', 'kubeconfig.conf', 'config']

/** The address without its port: `127.0.0.1:10249`, `[::1]:10249`, `::1`. */
function hostOf(address: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([^:]*):\d+$/, '$1')
}

function configOf(resource: Resource): ValueMap | undefined {
  const data = asMap(resource.object['data'])
  const key = KEYS.find((each) => data?.[each] !== undefined)
  return key === undefined ? undefined : asMap(readEmbedded(asText(data?.[key]) ?? ''))
}

export default defineControl({
  id: 'C-0291',
  name: 'Ensure that the kube-proxy metrics service is bound to localhost',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'kube-proxy does not name a loopback address for its metrics, or names one that the network can reach. The endpoint has no authentication and tells about Services, rules and profiling data of the node.',
  repair:
    'Set `metricsBindAddress: 127.0.0.1:10249` in `config.conf` of the ConfigMap `kube-proxy` in `kube-system`, and restart the DaemonSet. An empty value means loopback too, but is reported until it is spelt out.',
  references: ['kubeProxy'],
  checks: [
    eachObject(
      {
        name: 'ensure-that-the-kube-proxy-metrics-service-is-bound-to-localhost',
        match: [matching('v1', 'ConfigMap')],
      },
      (resource) => {
        const { name, namespace } = resource.identity
        const config = name === 'kube-proxy' && namespace === 'kube-system' ? configOf(resource) : undefined
        if (config === undefined) return 'not-tested'
        return isNotLoopback(hostOf(asText(config['metricsBindAddress']) ?? '')) ? [wrong('data')] : undefined
      },
    ),
  ],
})
