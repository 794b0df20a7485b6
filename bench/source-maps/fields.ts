/** The fields of Deployments that security controls look at most. */
import { isValueMap, openDocument, splitDocuments, type Value } from '@kubescape/yaml'

import type { RenderedTemplate, SourceRange } from '../../packages/helm/src/index.ts'

/** An image of a container, or a scalar in a securityContext. */
export interface Field {
  readonly template: RenderedTemplate
  /** Number of its document in the rendered template. */
  readonly document: number
  readonly path: string
  /** As written. */
  readonly text: string
  /** Offset of the value in the rendered template. */
  readonly start: number
  readonly source: SourceRange
}

/** The fields of all Deployments that a template wrote. */
export function fieldsOf(template: RenderedTemplate): Field[] {
  const { text, map } = template
  if (!/^kind:\s*["']?Deployment/m.test(text)) return []
  return splitDocuments(text).flatMap((slice, document) => {
    const open = openDocument(text, slice)
    const { value } = open
    if (!isValueMap(value) || value['kind'] !== 'Deployment') return []
    const paths = wantedPaths(value)
    return open.locate(paths).flatMap(({ exists, valueStart, valueEnd }, at): Field[] => {
      const source = map?.range(valueStart, valueEnd) ?? NOTHING
      const path = paths[at] ?? ''
      return exists && valueEnd > valueStart
        ? [{ template, document, path, text: text.slice(valueStart, valueEnd), start: valueStart, source }]
        : []
    })
  })
}

const NOTHING: SourceRange = { position: undefined, callers: [], values: [], guards: [], synthetic: false }

function wantedPaths(deployment: Value): string[] {
  const pod = valueOf(deployment, ['spec', 'template', 'spec'])
  const paths = scalarPaths(valueOf(pod, ['securityContext']), 'spec.template.spec.securityContext')
  for (const list of ['containers', 'initContainers']) {
    const containers = valueOf(pod, [list])
    if (!Array.isArray(containers)) continue
    for (const [at, container] of containers.entries()) {
      const path = `spec.template.spec.${list}[${at}]`
      paths.push(`${path}.image`, ...scalarPaths(valueOf(container, ['securityContext']), `${path}.securityContext`))
    }
  }
  return paths
}

function scalarPaths(value: Value | undefined, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => scalarPaths(item, `${path}[${at}]`))
  if (isValueMap(value)) return Object.entries(value).flatMap(([key, item]) => scalarPaths(item, `${path}.${key}`))
  return value === undefined || value === null ? [] : [path]
}

function valueOf(value: Value | undefined, keys: readonly string[]): Value | undefined {
  let found = value
  for (const key of keys) found = isValueMap(found) ? found[key] : undefined
  return found
}
