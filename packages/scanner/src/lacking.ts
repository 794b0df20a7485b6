/** What cannot be judged without types that could not be read. */
import { acrossOf, type ControlDeclaration, type JoinedCheck } from '@kubescape/controls'
import { matches, type Match } from '@kubescape/resources'
import type { UnreadType } from '@kubescape/results'

/** The type, and whether only its objects in namespaces that nobody asked for are missing. */
export type LackingType = Pick<UnreadType, 'group' | 'version' | 'kind' | 'elsewhere'>

/** True when the control judges or joins objects of the type. */
export function isLacking(control: ControlDeclaration, type: LackingType): boolean {
  return control.checks.some(
    (check) =>
      (type.elsewhere !== true && isOneOf(check.match, type)) ||
      (check.shape === 'joined' && isJoinLacking(check, type)),
  )
}

/** True when what the check says of other objects cannot be trusted either. */
export function isJoinLacking(check: JoinedCheck, type: LackingType): boolean {
  const concerned = type.elsewhere === true ? acrossOf(check) : check.needs
  return concerned.some(({ match }) => isOneOf(match, type))
}

/** A type of a group or version that nobody could tell may be the one that is meant. */
function isOneOf(any: readonly Match[], type: LackingType): boolean {
  return any.some((match) => {
    const groups = type.group === '*' ? ['*'] : match.groups
    const versions = type.version === '' ? ['*'] : match.versions
    return matches([{ ...match, groups, versions }], type)
  })
}
