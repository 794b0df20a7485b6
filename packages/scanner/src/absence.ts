/** Why what a control looks at is not there: on this platform nobody can see it, or it is kept elsewhere than usual. */
import { CLOUD_GROUPS, type Check, type ControlDeclaration } from '@kubescape/controls'

/** Where the control plane of a cluster is, when it is not in Pods of the cluster as kubeadm has it. */
export interface ControlPlanePlace {
  /** As a clause: `the control plane is run by EKS`. */
  readonly where: string
  /** Only its provider can look at it. */
  readonly isOutOfReach: boolean
}

/** Why a control found nothing to judge. */
export interface Absence {
  readonly reason: string
  /** Nobody can give what is missing: the control does not apply. */
  readonly isFinal: boolean
}

/** What is said of the controls that are for other platforms than that of the cluster. */
export const OTHER_PLATFORMS = 'applies to other platforms or to files only'

type Subject = 'control plane' | 'another cloud' | 'anything'

/** What the platform says about a control that found nothing; undefined when that is nobody's doing but the input's. */
export function absenceOf(
  { checks }: ControlDeclaration,
  platform: string,
  controlPlane: ControlPlanePlace | undefined,
): Absence | undefined {
  const subjects = new Set(checks.map((check) => subjectOf(check, platform)))
  if (subjects.size === 0 || subjects.has('anything')) return undefined
  if (!subjects.has('control plane')) return { reason: OTHER_PLATFORMS, isFinal: true }
  if (controlPlane === undefined) return undefined
  const { where, isOutOfReach } = controlPlane
  // Files of a control plane that is in reach can be collected, wherever it runs.
  return isOutOfReach || !checks.some(readsFiles) ? { reason: where, isFinal: isOutOfReach } : undefined
}

function subjectOf(check: Check, platform: string): Subject {
  const groups = check.match.flatMap((match) => match.groups)
  const clouds: readonly string[] = Object.values(CLOUD_GROUPS)
  const own = (CLOUD_GROUPS as Readonly<Record<string, string>>)[platform]
  if (platform !== '' && groups.every((group) => clouds.includes(group) && group !== own)) return 'another cloud'
  return check.isAboutPlatform === true || kindsOfCheck(check).every((kind) => kind === 'ControlPlaneInfo')
    ? 'control plane'
    : 'anything'
}

function readsFiles(check: Check): boolean {
  return kindsOfCheck(check).includes('ControlPlaneInfo')
}

function kindsOfCheck({ match }: Check): string[] {
  return match.flatMap(({ kinds }) => kinds)
}
