/** Which nodes can run a Pod that reads files. */
import { asList, asText, asTextMap, field, meets, type Requirement, type ValueMap } from '@kubescape/resources'

/** Why no Pod can, or should, collect facts of the node; undefined when one can. */
export function whyNoPod(node: ValueMap, selected: readonly Requirement[]): string | undefined {
  const labels = asTextMap(field(node, 'metadata', 'labels'))
  if (!meets(labels, selected)) return 'it was left out by --host-scan-nodes'
  const system = asText(field(node, 'status', 'nodeInfo', 'operatingSystem')) || labels['kubernetes.io/os'] || 'linux'
  if (system.toLowerCase() !== 'linux') return `it runs ${system}; facts are those of Linux`
  if (isVirtual(node, labels)) return 'it is a virtual node: nothing can be mounted there'
  if (asText(field(node, 'metadata', 'deletionTimestamp')) !== undefined) return 'it is being removed'
  return isReady(node) ? undefined : 'it is not ready'
}

/** Nodes that stand for a service which runs Pods elsewhere. Source: virtual-kubelet.io; Amazon EKS, "AWS Fargate". */
function isVirtual(node: ValueMap, labels: Readonly<Record<string, string>>): boolean {
  const taints = asList(field(node, 'spec', 'taints')).map((taint) => asText(field(taint, 'key')) ?? '')
  return (
    labels['type'] === 'virtual-kubelet' ||
    labels['eks.amazonaws.com/compute-type'] === 'fargate' ||
    taints.some((key) => key === 'virtual-kubelet.io/provider' || key === 'eks.amazonaws.com/compute-type')
  )
}

function isReady(node: ValueMap): boolean {
  const conditions = asList(field(node, 'status', 'conditions'))
  const ready = conditions.find((condition) => asText(field(condition, 'type')) === 'Ready')
  return asText(field(ready, 'status')) === 'True'
}
