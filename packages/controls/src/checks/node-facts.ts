/** Facts that are collected on nodes: which objects carry them, and what a control says that cannot do without them. */
import { matching, type Match } from '@kubescape/resources'

import type { Need } from '../control.ts'

/** Kinds of the group `hostdata.kubescape.cloud`: one object per node, named like the node. */
export type NodeFactKind =
  | 'CNIInfo'
  | 'ControlPlaneInfo'
  | 'KubeProxyInfo'
  | 'KubeletInfo'
  | 'LinuxKernelVariables'
  | 'cloudProviderInfo'

/** Selects the objects of a kind of node facts. */
export function nodeFacts(kind: NodeFactKind): readonly Match[] {
  return [matching('hostdata.kubescape.cloud/*', kind)]
}

/** The need of a control that only these objects can answer. */
export function needsNodeFacts(kind: NodeFactKind): Need {
  return { what: `facts of the nodes (${kind} objects)`, kinds: [kind] }
}
