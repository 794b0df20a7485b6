/** Agent Sandbox image provenance. */
import type { Container } from '@kubescape/resources'
import { beginsWithName } from '../../checks/registries.ts'
import { SANDBOX_TEMPLATES } from '../../checks/sandboxes.ts'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import { wrong, type Finding } from '../../finding.ts'
import type { ControlInputs, InputName } from '../../inputs.ts'
import { defineControl } from '../../control.ts'

const fromAllowList = eachSandboxImage(
  'agent-sandbox-image-registry-allowlist',
  'imageRepositoryAllowList',
  (image, allowed) => {
    const name = withHost(image)
    return allowed.some((entry) => isBelow(name, entry))
  },
)

const pinned = eachSandboxImage('agent-sandbox-image-tag-provenance', 'floatingImageTags', (image, floating) => {
  if (image.includes('@')) return true
  const [, tag = '', ...rest] = image.slice(image.lastIndexOf('/') + 1).split(':')
  return rest.length === 0 && tag !== '' && tag !== 'latest' && !floating.includes(tag)
})

function eachSandboxImage(
  name: string,
  input: InputName,
  isGood: (image: string, values: readonly string[]) => boolean,
) {
  return eachContainer(
    { name, lists: REGULAR_AND_INIT, match: SANDBOX_TEMPLATES, inputs: [input] },
    (container: Container, inputs: ControlInputs): Finding | undefined =>
      container.image === '' || isGood(container.image, inputs[input]) ? undefined : wrong(container.at('image')),
  )
}

/** A name without a host is one of Docker Hub. */
function withHost(image: string): string {
  const [first = '', ...rest] = image.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  return hasHost ? image : `docker.io/${image}`
}

/** An entry that is a host alone does not cover other ports of this host. */
function isBelow(name: string, entry: string): boolean {
  return (
    beginsWithName(name, entry) && (entry.includes('/') || name.length === entry.length || name[entry.length] === '/')
  )
}

export default defineControl({
  id: 'C-0304',
  name: 'Agent Sandbox image provenance',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  why: 'An image of this sandbox template comes from a place that you have not approved, or by a tag that can move. Agents then start in an environment that someone else chose, with whatever was put into it.',
  repair:
    'Name images of approved repositories in `image`, with a version tag or better a digest, and never `latest`. Write the approved places into the input `imageRepositoryAllowList`, such as `registry.example.com/agents`, and moving tags of your own into `floatingImageTags`.',
  references: ['agentSandbox', 'cosign', 'images'],
  checks: [fromAllowList, pinned],
})
