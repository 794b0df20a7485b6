/** Images not pinned to digest. */
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** A digest as the image specification writes it; the well-known algorithms with their lengths. */
const DIGEST = /@(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|blake3:[a-f0-9]{64}|(?!sha256:|sha512:|blake3:)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[\w=-]+)$/

export default defineControl({
  id: 'C-0306',
  name: 'Images not pinned to digest',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: '',
  repair: '',
  checks: [eachContainer(
      { name: 'image-not-pinned-to-digest', lists: EVERY_LIST, inputs: ['imageDigestExemptRepositories'] },
      (container, inputs) => {
        const { image } = container
        const exempt = inputs.imageDigestExemptRepositories.some(
          (name) => image.startsWith(name) && /^(?:$|[/:@])/.test(image.slice(name.length)),
        )
        return exempt || DIGEST.test(image) ? undefined : review(container.at('image'))
      },
    ),],
})
