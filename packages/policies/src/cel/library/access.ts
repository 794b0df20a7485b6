/** table: policies about roles and bindings. */
import { BINDINGS, ROLES, type LibraryPolicy } from './library-policy.ts'

/** Rules with one of the verbs on one of the resources; what follows in `more` grants the same. */
function withoutRights(control: string, name: string, verbs: string, grants: string, message: string): LibraryPolicy {
  return {
    control,
    name,
    types: ROLES,
    variables: [],
    validations: [
      {
        expression: `dyn(object).?rules.orValue([]).all(rule, !(rule.?verbs.orValue([]).exists(verb, verb in ${verbs}) && (${grants})))`,
        message,
      },
    ],
  }
}

const resources = (test: string): string => `rule.?resources.orValue([]).exists(resource, ${test})`
const groups = (test: string): string => `rule.?apiGroups.orValue([]).exists(group, ${test})`

export const ACCESS_POLICIES: readonly LibraryPolicy[] = [
  {
    control: 'C-0262',
    name: 'anonymous-access',
    types: BINDINGS,
    variables: [],
    validations: [
      {
        expression:
          "dyn(object).?subjects.orValue([]).all(subject, !(subject.?name.orValue('') in ['system:anonymous', 'system:unauthenticated']))",
        message: 'Rights must not be given to users who are not known.',
      },
    ],
  },
  withoutRights(
    'C-0280',
    'approval-of-certificates',
    "['update', 'patch', '*']",
    [
      resources("resource in ['certificatesigningrequests/approval', 'certificatesigningrequests/*']"),
      `(${resources("resource in ['*', '*/*']")} && ${groups("group in ['certificates.k8s.io', '*']")})`,
    ].join(' || '),
    'The role must not approve requests for certificates.',
  ),
  withoutRights(
    'C-0281',
    'webhook-configurations',
    "['create', 'update', 'patch', 'delete', 'deletecollection', '*']",
    [
      resources("resource in ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations', '*']"),
      groups("group in ['admissionregistration.k8s.io', '*']"),
    ].join(' && '),
    'The role must not change the webhooks that admit objects.',
  ),
]
