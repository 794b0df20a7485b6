/** What a rendering is told, and what it gives. */
import type { ChartError } from '../chart/chart-error.ts'
import type { ChartLimits } from '../limits.ts'
import type { SourceMap } from '../source-map/index.ts'
import type { SetKind } from '../values/set-grammar/apply-set.ts'

/** How a chart is rendered. What is left out is as with `helm template NAME CHART`. */
export interface RenderOptions {
  /** Values laid over those of the chart, the last one on top. */
  readonly values?: readonly ValuesFile[]
  /** Single values laid over those, in Helm's order of the flags. */
  readonly sets?: readonly SetValue[]
  /** Reads a file for `set-file`: its text, or why it cannot be read. */
  readonly readFile?: (path: string) => { readonly text: string } | { readonly problem: string }
  readonly release?: Partial<Release>
  /** Version of Kubernetes, such as `1.35.0`; a wrong one is an error. */
  readonly kubeVersion?: string
  /** APIs that the cluster has beside Kubernetes' own, such as `monitoring.coreos.com/v1`. */
  readonly apiVersions?: readonly string[]
  /** Conditions, tags, aliases and imported values of dependencies count; default true. */
  readonly dependencyProcessing?: boolean
  /** What is no application, lacks dependencies or wants another Kubernetes is an error; default true. */
  readonly installChecks?: boolean
  /** `fail` and `required` do not stop. */
  readonly lint?: boolean
  /** Missing values are errors. */
  readonly strict?: boolean
  /** The time of the rendering, in milliseconds since 1970; default 0. */
  readonly now?: number
  /** What random functions depend on; default an empty text. */
  readonly seed?: string
  /** Follows every character back to templates and values, which costs time; default false. */
  readonly sourceMap?: boolean
  readonly limits?: Partial<ChartLimits>
}

/** A file of values. */
export interface ValuesFile {
  /** As given: what reports and source maps call it. */
  readonly name: string
  readonly text: string
}

/** A value of a flag such as `--set`. */
export interface SetValue {
  readonly kind: SetKind
  /** What was given to the flag: `image.tag=v1`. */
  readonly text: string
}

/** What templates know as `.Release`. */
export interface Release {
  readonly name: string
  readonly namespace: string
  readonly isInstall: boolean
  readonly isUpgrade: boolean
  readonly revision: number
}

/** Either what was rendered, or why it could not be. */
export type RenderResult =
  | { readonly rendering: Rendering; readonly error?: undefined }
  | { readonly rendering?: undefined; readonly error: ChartError }

/** A rendered chart. */
export interface Rendering {
  /** In the order in which they were rendered; partials, which begin with `_`, and notes are not among them. */
  readonly templates: readonly RenderedTemplate[]
  /** Texts of NOTES.txt. */
  readonly notes: readonly RenderedTemplate[]
  /** Files in `crds/`, which are no templates, of all charts that were rendered. */
  readonly crds: readonly RenderedTemplate[]
  /** What Helm would say on the way, such as values that were skipped. */
  readonly warnings: readonly string[]
}

/** What one template file wrote. */
export interface RenderedTemplate {
  /** As Helm names it: `web/charts/db/templates/service.yaml`. */
  readonly name: string
  /** Path below the folder of the root chart: `charts/db/templates/service.yaml`. */
  readonly path: string
  /** Blank when conditions in the template left nothing over. */
  readonly text: string
  /** Parts of it are random or made from the clock. */
  readonly synthetic: boolean
  /** Where the text comes from, when that was asked for. */
  readonly map?: SourceMap
}
