/** Minimize user access to GCP Artifact Registry. */
import { cloudInventory } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0308',
  name: 'Minimize user access to GCP Artifact Registry',
  baseScore: 6,
  scope: ['cluster'],
  why: 'These are the IAM bindings around Google Artifact Registry, for a person to review. A member that may write there can put another image behind a tag that the cluster uses.',
  repair:
    'Check who has `roles/artifactregistry.writer`, `repoAdmin`, `roles/editor` or `roles/owner` in the bindings, and keep these for the build system. Nodes and people need `roles/artifactregistry.reader`, granted on the repository and not on the project. Add an exception when reviewed.',
  references: ['gkeHardening', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [cloudInventory('list-iam-policies-in-gcp', 'gke', 'ListEntitiesForPolicies')],
})
