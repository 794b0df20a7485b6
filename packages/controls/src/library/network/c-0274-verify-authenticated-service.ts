/** Verify Authenticated Service. */
import { asList, asMap, landingNamespace, matching, WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { index, projection } from '../../projection.ts'
import { services, serviceSelectors } from '../../projections/services.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const scanResults = projection(
  'service-scan-results',
  [matching('kubescape.io/*', 'ServiceScanResult')],
  (resource) => {
    const ports = asList(asMap(resource.object['spec'])?.['ports'])
    return ports.some((port) => asMap(port)?.['authenticated'] === false)
      ? { service: `${landingNamespace(resource.identity)}/${resource.identity.name}` }
      : undefined
  },
)
const resultsByService = index(scanResults, (row) => [row.service])

const unauthenticated: JoinedCheck = {
  shape: 'joined',
  name: 'unauthenticated-service',
  match: [...WORKLOADS, matching('v1', 'Service'), ...scanResults.match],
  tests: 'matched',
  needs: [workloads, services, scanResults],
  across: [],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    for (const workload of judgedWorkloads(tables)) {
      const open = [...selectors.select(workload.namespace, workload.podLabels)].filter(
        (service) => tables.find(resultsByService, `${service.namespace}/${service.name}`).length > 0,
      )
      if (open.length === 0) continue
      yield { subject: workload.ref, findings: [], related: open.map(({ ref }) => ({ ref, findings: [] })) }
    }
  },
}

export default defineControl({
  id: 'C-0274',
  name: 'Verify Authenticated Service',
  baseScore: 7,
  category: 'Network',
  scope: ['cluster'],
  why: 'A scan of the Service found a port that answers without authentication. Anyone who can reach it, from other pods or from outside, can use what the workload offers.',
  repair:
    'Turn on authentication in the application behind the port, or put a proxy with login or mutual TLS before it. Until then restrict callers by a NetworkPolicy, and scan the Service again so that `spec.ports[].authenticated` in its ServiceScanResult is up to date.',
  references: ['services', 'networkPolicies'],
  attackSteps: { 'workload-unauthenticated-service': 'Execution' },
  needs: { what: 'results of service scans (ServiceScanResult objects)', kinds: ['ServiceScanResult'] },
  checks: [unauthenticated],
})
