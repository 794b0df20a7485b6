/** Images not pinned to digest. */
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** A digest as the image specification writes it; the well-known algorithms with their lengths. */
const DIGEST =
  /@(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|blake3:[a-f0-9]{64}|(?!sha256:|sha512:|blake3:)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[\w=-]+)$/

export default defineControl({
  id: 'C-0306',
  name: 'Images not pinned to digest',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'The image is named by a tag, and a tag can be moved to other contents. What runs may differ from what was tested or scanned, and whoever can push to the repository can change it.',
  repair:
    'Add the digest to `image`, as in `name:1.2.3@sha256:<64 hex digits>`; `crane digest` or `docker buildx imagetools inspect` prints it. Let a tool such as Renovate raise digests, or security updates no longer arrive. List exempt repositories in the input `imageDigestExemptRepositories`.',
  references: ['cosign', 'images', 'supplyChain'],
  checks: [
    eachContainer(
      { name: 'image-not-pinned-to-digest', lists: EVERY_LIST, inputs: ['imageDigestExemptRepositories'] },
      (container, inputs) => {
        const { image } = container
        const exempt = inputs.imageDigestExemptRepositories.some(
          (name) => image.startsWith(name) && /^(?:$|[/:@])/.test(image.slice(name.length)),
        )
        return exempt || DIGEST.test(image) ? undefined : review(container.at('image'))
      },
    ),
  ],
})
