/** Modules that published rules import, and that bundles do not bring. */
import type { SourceFile } from '@kubescape/rego'

import { CAUTILS } from './cautils.ts'
import { DESIGNATORS } from './designators.ts'
import { KUBERNETES_CLIENT } from './kubernetes-client.ts'

interface Helper {
  readonly package: string
  readonly file: SourceFile
}

function helper(name: string, text: string): Helper {
  return { package: name, file: { file: `${name}.rego`, text, version: 'v1' } }
}

const HELPERS: readonly Helper[] = [
  helper('cautils', CAUTILS),
  helper('designators', DESIGNATORS),
  helper('kubernetes.api.client', KUBERNETES_CLIENT),
]

/** The modules that a program names, each with those that it needs itself; none of the packages that it brings. */
export function helpersOf(text: string, own: ReadonlySet<string> = new Set()): SourceFile[] {
  const named = new Set<Helper>()
  const add = (source: string): void => {
    for (const each of HELPERS) {
      if (named.has(each) || own.has(each.package) || !source.includes(`data.${each.package}`)) continue
      named.add(each)
      add(each.file.text)
    }
  }
  add(text)
  return [...named].map(({ file }) => file)
}
