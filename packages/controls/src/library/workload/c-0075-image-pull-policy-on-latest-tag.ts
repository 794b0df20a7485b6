/** Image pull policy on latest tag. */
import { asText } from '@kubescape/resources'
import { parseImage } from '../../checks/images.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0075',
  name: 'Image pull policy on latest tag',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The image tag can move, but the pull policy is `IfNotPresent` or `Never`. Nodes that already hold an older image keep it, so replicas may run different code and security updates do not arrive.',
  repair:
    'Name a fixed version or a digest in `image`, which is the lasting solution. If you must use `latest` or another moving tag, set `imagePullPolicy: Always`; pods then start only when the registry can be reached. Name your own moving tags in the input `floatingImageTags`.',
  references: ['images'],
  checks: [
    eachContainer(
      { name: 'image-pull-policy-is-not-set-to-always', lists: REGULAR, inputs: ['floatingImageTags'] },
      (container, inputs) => {
        const policy = asText(container.get('imagePullPolicy'))
        if (policy !== 'Never' && policy !== 'IfNotPresent') return undefined
        const image = parseImage(container.image)
        if (image === undefined || image.digest !== undefined) return undefined
        const moves = image.tag === undefined || image.tag === 'latest' || inputs.floatingImageTags.includes(image.tag)
        return moves ? [review(container.at('image')), review(container.at('imagePullPolicy'))] : undefined
      },
    ),
  ],
})
