/** Image pull policy on latest tag. */
import { asText } from '@kubescape/resources'
import { parseImage } from '../../checks/images.ts'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import { missing, review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0075',
  name: 'Image pull policy on latest tag',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The image tag can move, but the pull policy is `Never` or, by choice or by default, `IfNotPresent`. Nodes that already hold an older image keep it, so replicas may run different code and security updates do not arrive.',
  repair:
    'Name a fixed version or a digest in `image`, which is the lasting solution. If you must use `latest` or another moving tag, set `imagePullPolicy: Always`; pods then start only when the registry can be reached. Name your own moving tags in the input `floatingImageTags`.',
  references: ['images'],
  checks: [
    eachContainer(
      { name: 'image-pull-policy-is-not-set-to-always', lists: REGULAR_AND_INIT, inputs: ['floatingImageTags'] },
      (container, inputs) => {
        const policy = asText(container.get('imagePullPolicy')) ?? ''
        if (policy === 'Always') return undefined
        const image = parseImage(container.image)
        if (image === undefined || image.digest !== undefined) return undefined
        const isLatest = image.tag === undefined || image.tag === 'latest'
        // Where no policy is written Kubernetes pulls `latest` always, and other tags only if they are not there.
        if (policy === '') {
          return !isLatest && inputs.floatingImageTags.includes(image.tag)
            ? [review(container.at('image')), missing(container.at('imagePullPolicy'), 'Always')]
            : undefined
        }
        const moves = isLatest || inputs.floatingImageTags.includes(image.tag)
        return moves ? [review(container.at('image')), review(container.at('imagePullPolicy'))] : undefined
      },
    ),
  ],
})
