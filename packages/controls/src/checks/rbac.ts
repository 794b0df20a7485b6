/** Checks of what subjects may do: one factory over the join of bindings and roles. */
import { joinSubjects, RBAC, type PolicyRule, type SubjectVector } from '@kubescape/resources'

import type { JoinedCheck, Outcome, Vector } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { review, type Finding } from '../finding.ts'
import type { Tables } from '../projection.ts'
import { bindings, roles } from '../projections/rbac.ts'

/** Every subject with the role that it is bound to; computed once per scan. */
export function subjectVectors(tables: Tables): readonly SubjectVector[] {
  return joinSubjects(tables.rows(roles), tables.rows(bindings))
}

function vectorOf({ subject, binding, role }: SubjectVector): Vector {
  const { kind, name, namespace, apiGroup } = subject
  return { kind, name, namespace, apiGroup, related: [binding.ref, role.ref] }
}

/** A check of every subject vector; `judge` gives its findings, none for a pass, `not-tested` to leave it out. */
export function eachSubject(
  name: string,
  judge: (vector: SubjectVector) => readonly Finding[] | undefined | 'not-tested',
): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: RBAC,
    tests: 'reported',
    needs: [roles, bindings],
    across: [],
    *judge(tables): Generator<Outcome> {
      for (const vector of tables.once(subjectVectors)) {
        const findings = judge(vector)
        if (findings === 'not-tested') continue
        yield findings === undefined
          ? { subject: vectorOf(vector) }
          : {
              subject: vectorOf(vector),
              findings,
              related: [
                { ref: vector.binding.ref, findings: [] },
                { ref: vector.role.ref, findings: [] },
              ],
            }
      }
    },
  }
}

/** Rights that a rule of a role may grant: one of each list is enough. */
export interface Rights {
  readonly verbs: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  /** A further condition on the rule. */
  readonly unless?: (rule: PolicyRule) => boolean
}

/** Fails every subject whose role has a rule with one of the verbs, groups and resources. */
export function grantsRights(name: string, rights: Rights): JoinedCheck {
  return eachSubject(name, (vector) => failsIfAny(rightsOf(vector, rights)))
}

/**
 * Where the role grants the rights and the binding gives them to the subject; nothing when it does not.
 * @param finding what to make of each place
 */
export function rightsOf(
  vector: SubjectVector,
  rights: Rights,
  finding: (path: string) => Finding = review,
): Finding[] {
  const findings: Finding[] = []
  vector.role.rules.forEach((rule, at) => {
    if (!rule.verbs.some((verb) => rights.verbs.includes(verb))) return
    const resources = hits(rule.resources, rights.resources)
    const verbs = hits(rule.verbs, rights.verbs)
    const groups = hits(rule.apiGroups, rights.apiGroups)
    if (resources.length === 0 || verbs.length === 0 || groups.length === 0 || rights.unless?.(rule)) return
    const path = `relatedObjects[1].rules[${at}]`
    findings.push(
      ...resources.map((i) => finding(`${path}.resources[${i}]`)),
      ...verbs.map((i) => finding(`${path}.verbs[${i}]`)),
      ...groups.map((i) => finding(`${path}.apiGroups[${i}]`)),
      ...bindingFindings(vector, finding),
    )
  })
  return unique(findings)
}

/** The places in the binding that give the subject its role. */
export function bindingFindings(
  { subject }: { readonly subject: { readonly index: number } },
  finding: (path: string) => Finding = review,
): Finding[] {
  return [finding(`relatedObjects[0].subjects[${subject.index}]`), finding('relatedObjects[0].roleRef.name')]
}

function hits(list: readonly string[], wanted: readonly string[]): number[] {
  const found: number[] = []
  list.forEach((value, at) => {
    if (wanted.includes(value)) found.push(at)
  })
  return found
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.path, finding])).values()]
}
