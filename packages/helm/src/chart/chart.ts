/** What a chart is made of, once it has been loaded. */
import type { Dict } from '@kubescape/go-template'

/** A chart: its own files, and the charts below it. It is never changed, so it can be rendered many times. */
export interface Chart {
  readonly metadata: Metadata
  /** Where its files lie below the folder of the root chart: empty for the root, else such as `charts/web/`. */
  readonly folder: string
  /** Files in `templates/`. */
  readonly templates: readonly ChartFile[]
  /** What templates can read by `.Files`. */
  readonly files: readonly ChartFile[]
  /** `values.yaml`; undefined when there is none. */
  readonly values: DefaultValues | undefined
  /** `values.schema.json`; undefined when there is none. */
  readonly schema: string | undefined
  /** Charts in `charts/`, by their folder names. */
  readonly dependencies: readonly Chart[]
}

/** A file of a chart. */
export interface ChartFile {
  /** Path below the chart, such as `templates/web.yaml`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The values that a chart brings along. */
export interface DefaultValues {
  readonly text: string
  /** What the text says; not to be changed. */
  readonly dict: Dict
}

/** `Chart.yaml`, and the dependencies in `requirements.yaml`. Texts are empty where nothing is said. */
export interface Metadata {
  readonly name: string
  readonly home: string
  readonly sources: readonly string[]
  readonly version: string
  readonly description: string
  readonly keywords: readonly string[]
  readonly maintainers: readonly Maintainer[]
  readonly icon: string
  /** `v1` or `v2`. */
  readonly apiVersion: string
  readonly condition: string
  readonly tags: string
  readonly appVersion: string
  readonly deprecated: boolean
  readonly annotations: ReadonlyMap<string, string>
  /** The versions of Kubernetes that the chart is made for. */
  readonly kubeVersion: string
  readonly dependencies: readonly Dependency[]
  /** `application`, `library` or nothing. */
  readonly type: string
}

/** Who looks after a chart. */
export interface Maintainer {
  readonly name: string
  readonly email: string
  readonly url: string
}

/** A chart that another one asks for. */
export interface Dependency {
  readonly name: string
  /** A range of versions. */
  readonly version: string
  readonly repository: string
  /** Paths in the values, separated by commas. */
  readonly condition: string
  readonly tags: readonly string[]
  /** Names of exports, or paths in the child and in the parent. */
  readonly importValues: readonly ImportedValues[]
  readonly alias: string
}

/** Values of a child that its parent takes over: an export by its name, or a table by its path. */
export type ImportedValues = string | { readonly child: string; readonly parent: string }

/** Whether a chart only has templates for other charts. */
export function isLibrary({ metadata }: Chart): boolean {
  return metadata.type === 'library'
}
