/** The custom types that controls look at, as definitions that accept any object. */
import { SERVED_TYPES } from '@kubescape/resources'

/** Groups of custom types that controls know, with a version that they judge. */
const CUSTOM: Readonly<Record<string, string>> = {
  'cilium.io': 'v2',
  'extensions.agents.x-k8s.io': 'v1beta1',
  'gateway.networking.k8s.io': 'v1',
  'kubescape.io': 'v1',
  'networking.istio.io': 'v1',
}

/** Names of the definitions. */
export const CUSTOM_TYPES: readonly string[] = SERVED_TYPES.filter(({ group }) => group in CUSTOM).map(
  ({ group, plural }) => `${plural}.${group}`,
)

/** Manifests that make a cluster serve them. */
export function customTypes(): string {
  const definitions = SERVED_TYPES.filter(({ group }) => group in CUSTOM).map((type) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${type.plural}.${type.group}`,
      // Groups of Kubernetes itself need somebody's word for it.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    },
    spec: {
      group: type.group,
      names: { kind: type.kind, plural: type.plural, singular: type.kind.toLowerCase(), listKind: `${type.kind}List` },
      scope: type.namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: CUSTOM[type.group],
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  }))
  return definitions.map((definition) => JSON.stringify(definition)).join('\n---\n')
}
