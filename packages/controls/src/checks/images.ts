/** Image references: their parts, as container runtimes read them. Source: the distribution project's reference grammar. */
import type { Workload } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { review } from '../finding.ts'
import type { Match } from '@kubescape/resources'
import { eachWorkload, REGULAR } from './workloads.ts'

/** Parts of an image reference. */
export interface ImageReference {
  /** Registry host, `docker.io` when none is written. */
  readonly registry: string
  /** Repository path, with `library/` put before single names of the default registry. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Reads an image reference; undefined when it is none. */
export function parseImage(image: string): ImageReference | undefined {
  const [named, digest] = splitOnce(image, '@')
  const lastSlash = named.lastIndexOf('/')
  const colon = named.indexOf(':', lastSlash + 1)
  const path = colon < 0 ? named : named.slice(0, colon)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  if (path === '' || (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))) return undefined
  if (digest !== undefined && !/^[A-Za-z][\w+.-]*:\S+$/.test(digest)) return undefined
  const [first, rest] = splitOnce(path, '/')
  const hasHost = rest !== undefined && (/[.:]/.test(first) || first === 'localhost')
  const registry = hasHost ? first : 'docker.io'
  const name = hasHost ? rest : path
  if (!/^[a-z0-9._/-]+$/.test(name)) return undefined
  const repository = registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name
  return { registry: registry === 'index.docker.io' ? 'docker.io' : registry, repository, tag, digest }
}

/** The reference written out in full, with registry and path. */
export function fullImageName(image: ImageReference): string {
  const tag = image.tag === undefined ? '' : `:${image.tag}`
  return `${image.registry}/${image.repository}${tag}${image.digest === undefined ? '' : `@${image.digest}`}`
}

/** A check of each container's image as it is written; only workloads with a container of interest are tested. */
export function eachImage(
  about: { readonly name: string; readonly match: readonly Match[] },
  isOfInterest: (image: string) => boolean,
  isBad: (image: string, workload: Workload) => boolean,
): LocalCheck {
  return eachWorkload(about, (workload): Judgement => {
    const containers = workload.containersIn(REGULAR).filter((container) => isOfInterest(container.image))
    if (containers.length === 0) return 'not-tested'
    return failsIfAny(
      containers
        .filter((container) => isBad(container.image, workload))
        .map((container) => review(container.at('image'))),
    )
  })
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
