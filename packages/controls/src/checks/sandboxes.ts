/** Sandboxes of agents: templates whose pods run code that nobody has read. Source: kubernetes-sigs/agent-sandbox. */
import { matching, type Match } from '@kubescape/resources'

/** The templates that are judged; their pod template is at `spec.podTemplate`. */
export const SANDBOX_TEMPLATES: readonly Match[] = [matching('extensions.agents.x-k8s.io/v1beta1', 'SandboxTemplate')]
