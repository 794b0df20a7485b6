/** Outdated Kubernetes version. */
import { asText, field, matching } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** The minor versions that the Kubernetes project still patches, as of November 2026. */
const SUPPORTED = ['v1.34.', 'v1.35.', 'v1.36.', 'v1.37.']

export default defineControl({
  id: 'C-0273',
  name: 'Outdated Kubernetes version',
  baseScore: 2,
  category: 'Control plane',
  scope: ['cluster', 'file'],
  why: 'The kubelet of this node has a minor version that the Kubernetes project no longer patches. Flaws that are found and published from now on stay open on it.',
  repair:
    'Upgrade the control plane and then the nodes to a supported minor version, one minor version at a time for the control plane; the kubelet may never be newer than the API server. Drain each node before, and look for removed API versions in your manifests. `status.nodeInfo.kubeletVersion` shows the result.',
  references: ['releases'],
  checks: [
    eachObject({ name: 'outdated-k8s-version', match: [matching('v1', 'Node')] }, (resource) => {
      const version = asText(field(resource.object, 'status', 'nodeInfo', 'kubeletVersion')) ?? ''
      return SUPPORTED.some((prefix) => `${version}.`.startsWith(prefix))
        ? undefined
        : [review('status.nodeInfo.kubeletVersion')]
    }),
  ],
})
