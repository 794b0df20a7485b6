/** Images from allowed registry. */
import { fullImageName, parseImage } from '../../checks/images.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
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
  why: '',
  repair: '',
  checks: [eachContainer(
      { name: 'container-image-repository-v1', lists: REGULAR, inputs: ['imageRepositoryAllowList'] },
      (container, inputs) => {
        const image = parseImage(container.image)
        if (image === undefined) return undefined
        const name = fullImageName(image)
        return inputs.imageRepositoryAllowList.some((prefix) => name.startsWith(prefix))
          ? undefined
          : review(container.at('image'))
      },
    ),],
})
