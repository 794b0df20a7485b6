/** Images from allowed registry. */
import { fullImageName, parseImage } from '../../checks/images.ts'
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0078',
  name: 'Images from allowed registry',
  baseScore: 5,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'The image comes from a registry or repository that is not on your list. Nobody has vetted what is in it, and a hijacked or misspelt repository name brings foreign code into the cluster.',
  repair:
    'Copy the image to a registry that you trust and change `image` to it, or add its prefix to the input `imageRepositoryAllowList`. End entries with `/`, since they are compared as the beginning of the full name, such as `docker.io/library/nginx`. Nodes may need `imagePullSecrets` for the new place.',
  references: ['images', 'supplyChain'],
  checks: [
    eachContainer(
      { name: 'container-image-repository-v1', lists: EVERY_LIST, inputs: ['imageRepositoryAllowList'] },
      (container, inputs) => {
        const image = parseImage(container.image)
        if (image === undefined) return undefined
        const name = fullImageName(image)
        return inputs.imageRepositoryAllowList.some((prefix) => name.startsWith(prefix))
          ? undefined
          : review(container.at('image'))
      },
    ),
  ],
})
