/** `buildMetadata`: annotations that tell where objects come from. */
import type { Value } from '@kubescape/yaml'

import { isWithin } from '../file-system.ts'
import { textsOf } from '../kustomization/kustomization.ts'
import { mappingAt, set, textNode } from '../nodes/node.ts'
import type { Resource } from '../resources/resource.ts'

/** What the entries of kustomizations are done by. */
const TRANSFORMERS: Readonly<Record<string, string>> = {
  commonAnnotations: 'AnnotationsTransformer',
  commonLabels: 'LabelTransformer',
  images: 'ImageTagTransformer',
  labels: 'LabelTransformer',
  namePrefix: 'PrefixTransformer',
  nameSuffix: 'SuffixTransformer',
  namespace: 'NamespaceTransformer',
  patch: 'PatchTransformer',
  replacements: 'ReplacementTransformer',
  replicas: 'ReplicaCountTransformer',
}

/** Adds what is asked for: `managedByLabel`, `originAnnotations`, `transformerAnnotations`. */
export function addBuildMetadata(resources: readonly Resource[], wanted: Value | undefined, directory: string): void {
  const names = new Set(textsOf(wanted))
  for (const resource of resources) {
    if (names.has('managedByLabel')) add(resource, 'labels', 'app.kubernetes.io/managed-by', 'kustomize-v5.5.0')
    if (names.has('originAnnotations'))
      add(resource, 'annotations', 'config.kubernetes.io/origin', origin(resource, directory))
    if (!names.has('transformerAnnotations')) continue
    const changes = resource.changes.flatMap(({ by, file }) => {
      const kind = TRANSFORMERS[by]
      if (kind === undefined) return []
      return `- configuredIn: ${below(file, directory)}\n  configuredBy:\n    apiVersion: builtin\n    kind: ${kind}\n`
    })
    if (changes.length > 0) {
      add(resource, 'annotations', 'alpha.config.kubernetes.io/transformations', changes.join(''))
    }
  }
}

function add(resource: Resource, name: 'labels' | 'annotations', key: string, text: string): void {
  const metadata = mappingAt(resource.node, 'metadata')
  const entries = metadata === undefined ? undefined : mappingAt(metadata, name)
  if (entries !== undefined) set(entries, key, textNode(text, text.includes('\n') ? 'literal' : 'plain'))
}

function origin({ source }: Resource, directory: string): string {
  if (source.generator === undefined) return `path: ${below(source.file, directory)}\n`
  const kind = {
    configMapGenerator: 'ConfigMapGenerator',
    secretGenerator: 'SecretGenerator',
    helmCharts: 'HelmChartInflationGenerator',
  }[source.generator]
  return `configuredIn: ${below(source.file, directory)}\nconfiguredBy:\n  apiVersion: builtin\n  kind: ${kind ?? source.generator}\n`
}

/** A path as seen from the folder that is built. */
function below(file: string, directory: string): string {
  if (isWithin(directory, file)) return directory === '.' ? file : file.slice(directory.length + 1)
  const [own, other] = [directory.split('/'), file.split('/')]
  let same = 0
  while (same < own.length && own[same] === other[same]) same++
  return [...own.slice(same).map(() => '..'), ...other.slice(same)].join('/')
}
