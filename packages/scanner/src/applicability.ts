/** Which controls apply to the input: scope decides, but never hides data that is there. */
import { FRAMEWORKS, type ControlDeclaration, type Framework, type Scope } from '@kubescape/controls'

import { describesPlatform } from './facts.ts'
import type { Selection } from './selection.ts'

/** What a scan is of: files, or files that are a dump of a cluster, or a cluster. */
export type ScanTarget = 'file' | 'cluster'

/** Scopes that stand for a managed Kubernetes. */
const PLATFORMS: readonly Scope[] = ['AKS', 'EKS', 'GKE']

/** True when the control is run on the target; controls that were named always are. */
export function applies(control: ControlDeclaration, target: ScanTarget, selection: Selection, platform = ''): boolean {
  if (selection.named || control.scope.length === 0 || isAboutFacts(control)) return true
  if (target === 'file') return control.scope.includes('file')
  const own = scopeOf(platform) ?? platformOf(selection.frameworks)
  return control.scope.includes('cluster') || (own !== undefined && control.scope.includes(own))
}

/** The frameworks that apply to a cluster of a platform, of whatever sort it is. */
export function applicableFrameworks(platform: string, known: readonly Framework[] = FRAMEWORKS): readonly Framework[] {
  const own = scopeOf(platform)
  return known.filter(
    ({ scope }) => scope.length === 0 || scope.includes('cluster') || (own !== undefined && scope.includes(own)),
  )
}

function scopeOf(platform: string): Scope | undefined {
  return PLATFORMS.find((scope) => scope.toLowerCase() === platform)
}

/** Asking for the framework of one managed Kubernetes says that the cluster is one. */
function platformOf(frameworks: readonly Framework[]): Scope | undefined {
  const platforms = new Set(frameworks.flatMap(({ scope }) => scope.filter((each) => PLATFORMS.includes(each))))
  return platforms.size === 1 ? [...platforms][0] : undefined
}

/** True when all that the control judges are facts about nodes and clouds, and the parts of the control plane. */
export function isAboutFacts(control: ControlDeclaration): boolean {
  return (
    control.checks.length > 0 &&
    control.checks.every(
      (check) => check.isAboutPlatform ?? check.match.every(({ kinds }) => kinds.every(describesPlatform)),
    )
  )
}
