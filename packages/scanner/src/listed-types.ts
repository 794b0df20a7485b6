/** The types that a scan of a cluster lists, known without a cluster. */
import { acrossOf, type ControlDeclaration, type ControlInputs } from '@kubescape/controls'
import { SERVED_TYPES, servedTypesOf, type Match, type ServedType } from '@kubescape/resources'

import { needsOf, type Scope } from './scope.ts'

/** A type, and how far its objects are read. */
export interface ListedType extends ServedType {
  /** Ids of the controls that join its objects across namespaces: a scan of some namespaces reads those of all for them. */
  readonly across: readonly string[]
}

/**
 * The types that a scan lists, by group and name, in whatever version the server has them. What no API server has, such as
 * facts of nodes, is not among them.
 */
export function listedTypes(scope: Scope, inputs: ControlInputs): ListedType[] {
  const { judged, joined } = needsOf(scope, inputs)
  const listed = typesOf([...judged, ...joined])
  const controls = [...scope.controls, ...scope.side]
  return SERVED_TYPES.filter((type) => listed.has(type)).map((type) => ({
    ...type,
    across: controls.filter((control) => reachesAcross(control).has(type)).map(({ id }) => id),
  }))
}

function typesOf(needs: readonly Match[]): Set<ServedType> {
  return new Set(needs.flatMap(servedTypesOf))
}

function reachesAcross(control: ControlDeclaration): Set<ServedType> {
  const joins = control.checks.filter((check) => check.shape === 'joined')
  return typesOf(joins.flatMap(acrossOf).flatMap(({ match }) => match))
}
