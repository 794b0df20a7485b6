/** Ensure Network Policy is Enabled and set as appropriate. */
import { asText, field } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

/** Network plug-ins with the policy engines that work on them. */
const ENFORCING = ['azure azure', 'azure calico', 'azure cilium', 'kubenet calico']

export default defineControl({
  id: 'C-0240',
  name: 'Ensure Network Policy is Enabled and set as appropriate',
  baseScore: 6,
  scope: ['AKS'],
  why: 'The AKS cluster runs without a network policy engine, or with a pairing of plug-in and engine that does not enforce policies. NetworkPolicy objects are then stored and have no effect.',
  repair:
    'Create the cluster with `--network-plugin azure --network-policy azure`, `calico` or `cilium`, or turn the engine on with `az aks update --network-policy`. Then write policies for each namespace.',
  references: ['aksSecurity', 'networkPolicies'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription('rule-cni-enabled-aks', 'aks', ['properties'], (properties) => {
      const plugin = asText(field(properties, 'networkProfile', 'networkPlugin')) ?? ''
      const policy = asText(field(properties, 'networkProfile', 'networkPolicy')) ?? ''
      return !ENFORCING.includes(`${plugin} ${policy}`)
    }),
  ],
})
