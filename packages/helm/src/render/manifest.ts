/** Rendered templates as one text, as `helm template` prints it: package releaseutil of Helm. */
import type { ChartError } from '../chart/chart-error.ts'
import { Dict, compareBytes, plain } from '@kubescape/go-template'
import { readValues } from '../values/read-values.ts'
import type { Rendering } from './render-options.ts'
import { INSTALL_ORDER } from './install-order.ts'
import { splitManifests } from './split-manifests.ts'

/** What belongs to the text. */
export interface ManifestOptions {
  /** The files in `crds/` come first; default false. */
  readonly includeCrds?: boolean
}

/** The text, or the first document that is no YAML. */
export type ManifestResult =
  | { readonly text: string; readonly warnings: readonly string[]; readonly error?: undefined }
  | { readonly text?: undefined; readonly error: ChartError }

/** A document of a template. */
interface Manifest {
  readonly name: string
  readonly content: string
  readonly kind: string
}

const HOOK = 'helm.sh/hook'
const HOOK_EVENTS: ReadonlySet<string> = new Set([
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
  'test-success',
])

/** All documents of a rendering in the order in which they would be installed, hooks behind the others. */
export function manifestOf(
  { templates, crds }: Rendering,
  { includeCrds = false }: ManifestOptions = {},
): ManifestResult {
  const plainManifests: Manifest[] = []
  const hooks: Manifest[] = []
  const warnings: string[] = []
  for (const { name, text } of templates.toSorted((a, b) => compareBytes(a.name, b.name))) {
    for (const content of splitManifests(text)) {
      const head = readHead(content)
      if ('error' in head) {
        const message = `YAML parse error on ${name}: ${head.error}`
        return { error: { stage: 'sort', message, cause: head.error, chain: [] } }
      }
      const { kind, hook } = head
      if (hook === undefined) plainManifests.push({ name, content, kind })
      else if (hook.split(',').every((event) => HOOK_EVENTS.has(event.trim().toLowerCase()))) {
        hooks.push({ name, content, kind })
      } else warnings.push(`info: skipping unknown hook: ${JSON.stringify(hook)}`)
    }
  }
  const first = includeCrds ? crds.map(({ name, text }) => ({ name, content: text, kind: '' })) : []
  const main = [...first, ...plainManifests.toSorted(byKind)].map(printed).join('').trim()
  return { text: `${main}\n${hooks.toSorted(byKind).map(printed).join('')}`, warnings }
}

function printed({ name, content }: Manifest): string {
  return `---\n# Source: ${name}\n${content}\n`
}

function byKind(a: Manifest, b: Manifest): number {
  const x = INSTALL_ORDER.get(a.kind) ?? INSTALL_ORDER.size
  const y = INSTALL_ORDER.get(b.kind) ?? INSTALL_ORDER.size
  return x === y && x === INSTALL_ORDER.size ? compareBytes(a.kind, b.kind) : x - y
}

function readHead(
  content: string,
): { readonly kind: string; readonly hook: string | undefined } | { readonly error: string } {
  const read = readValues(content)
  if ('error' in read) {
    return { error: read.error.replace('map[string]interface {}', 'releaseutil.SimpleHead') }
  }
  const { values } = read
  const metadata = values.get('metadata')
  const annotations = metadata instanceof Dict ? metadata.get('annotations') : undefined
  const hook = annotations instanceof Dict ? plain(annotations.get(HOOK)) : undefined
  const kind = plain(values.get('kind'))
  return { kind: typeof kind === 'string' ? kind : '', hook: typeof hook === 'string' ? hook : undefined }
}
