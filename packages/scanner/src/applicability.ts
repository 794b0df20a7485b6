/** Which controls apply to the input: scope decides, but never hides data that is there. */
import type { ControlDeclaration } from '@kubescape/controls'

/** Kinds that describe nodes, clouds and the API server: a control about them applies wherever such an object is found. */
const FACT_KINDS = new Set([
  'APIServerInfo',
  'CNIInfo',
  'CloudProviderInfo',
  'ClusterDescribe',
  'ControlPlaneInfo',
  'DescribeRepositories',
  'KubeProxyInfo',
  'KubeletInfo',
  'LinuxKernelVariables',
  'LinuxSecurityHardeningStatus',
  'ListEntitiesForPolicies',
  'Node',
  'OpenPortsList',
  'OsReleaseFile',
  'PolicyVersion',
  'ServiceScanResult',
  'cloudProviderInfo',
])

/** What a scan is of: files, or files that are a dump of a cluster, or a cluster. */
export type ScanTarget = 'file' | 'cluster'

/** True when the control is run on the target; `named` controls always are. */
export function applies(control: ControlDeclaration, target: ScanTarget, named: boolean): boolean {
  if (named || control.scope.length === 0) return true
  if (target === 'cluster' ? control.scope.includes('cluster') : control.scope.includes('file')) return true
  return isAboutFacts(control)
}

/** True when every kind that the control judges is a fact about nodes, clouds or the API server. */
export function isAboutFacts(control: ControlDeclaration): boolean {
  const kinds = control.checks.flatMap((check) => check.match.flatMap((match) => match.kinds))
  return kinds.length > 0 && kinds.every((kind) => FACT_KINDS.has(kind))
}
