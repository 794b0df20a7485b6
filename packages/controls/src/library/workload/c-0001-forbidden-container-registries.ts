/** Forbidden Container Registries. */
import { isBelowAny } from '../../checks/registries.ts'
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0001',
  name: 'Forbidden Container Registries',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'The image comes from a registry that you have listed as public or untrusted. Anyone may publish there, so a hijacked account or a misspelt name is enough to run foreign code in the cluster.',
  repair:
    'Copy the image to a registry that you control, scan it there, and change `image` to the new name; nodes may need `imagePullSecrets`. Which registries count is set by the inputs `publicRegistries` and `untrustedRegistries`: write a host or a path, such as `docker.io/library`.',
  references: ['images', 'supplyChain'],
  checks: [
    eachContainer(
      {
        name: 'rule-identify-blocklisted-image-registries-v1',
        lists: EVERY_LIST,
        inputs: ['publicRegistries', 'untrustedRegistries'],
      },
      (container, inputs) =>
        isBelowAny(container.image, [...inputs.publicRegistries, ...inputs.untrustedRegistries])
          ? review(container.at('image'))
          : undefined,
    ),
  ],
})
