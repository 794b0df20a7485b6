/** table: policies about namespaces, labels, ports, owners and accounts. */
import type { NamedExpression } from '../admission/policy-source.ts'
import {
  ALL_CONTAINERS,
  CONTAINERS,
  CONTROLLERS,
  everyContainer,
  PODS,
  POD,
  setting,
  WORKLOADS,
  type LibraryPolicy,
  type ResourceTypes,
} from './library-policy.ts'

const NAMESPACED: readonly ResourceTypes[] = [
  {
    group: '',
    version: 'v1',
    resources:
      'pods replicationcontrollers podtemplates services serviceaccounts secrets configmaps endpoints persistentvolumeclaims'.split(
        ' ',
      ),
  },
  ...CONTROLLERS,
  { group: 'rbac.authorization.k8s.io', version: 'v1', resources: ['roles', 'rolebindings'] },
  { group: 'networking.k8s.io', version: 'v1', resources: ['ingresses'] },
  { group: 'discovery.k8s.io', version: 'v1', resources: ['endpointslices'] },
  { group: 'autoscaling', version: 'v2', resources: ['horizontalpodautoscalers'] },
  { group: 'coordination.k8s.io', version: 'v1', resources: ['leases'] },
  { group: 'policy', version: 'v1', resources: ['poddisruptionbudgets'] },
  { group: 'storage.k8s.io', version: 'v1', resources: ['csistoragecapacities'] },
]

function outOfDefault(control: string, name: string, types: readonly ResourceTypes[]): LibraryPolicy {
  const validations = [
    {
      expression: "!(dyn(object).metadata.?namespace.orValue('') in ['', 'default'])",
      message: 'The object needs a namespace other than default.',
    },
  ]
  return { control, name, types, variables: [], validations }
}

/** Labels of the object, and of what it makes: the first level below it. */
const LABELS: readonly NamedExpression[] = [
  { name: 'labels', expression: 'dyn(object).metadata.?labels.orValue({})' },
  {
    name: 'template',
    expression:
      "dyn(object).kind == 'Pod' ? optional.none() : dyn(object).kind == 'CronJob' ? dyn(object).?spec.?jobTemplate : dyn(object).?spec.?template",
  },
]

function labelled(control: string, name: string, input: string): LibraryPolicy {
  return {
    control,
    name,
    types: WORKLOADS,
    hasParams: true,
    variables: [...LABELS, { name: 'wanted', expression: `${setting(input)}.orValue([])` }],
    validations: [
      {
        expression: 'variables.labels.exists(label, label in variables.wanted)',
        message: 'The object needs one of the recommended labels.',
      },
      {
        expression:
          "dyn(object).kind == 'Pod' || variables.template.?metadata.?labels.orValue({}).exists(label, label in variables.wanted)",
        message: 'The template needs one of the recommended labels.',
      },
    ],
  }
}

/** What selects the pods of a controller, and the labels that these have. */
const SELECTION: readonly NamedExpression[] = [
  {
    name: 'controller',
    expression:
      "(dyn(object).kind == 'CronJob' ? dyn(object).?spec.?jobTemplate.?spec : dyn(object).?spec).orValue({})",
  },
  { name: 'labels', expression: 'variables.controller.?template.?metadata.?labels.orValue({})' },
  {
    name: 'pairs',
    expression:
      "(dyn(object).kind == 'ReplicationController' ? variables.controller.?selector : variables.controller.?selector.?matchLabels).orValue({})",
  },
  {
    name: 'requirements',
    expression:
      "dyn(object).kind == 'ReplicationController' ? [] : variables.controller.?selector.?matchExpressions.orValue([])",
  },
]

export const OBJECT_POLICIES: readonly LibraryPolicy[] = [
  {
    control: 'C-0026',
    name: 'cron-jobs',
    types: [{ group: 'batch', version: 'v1', resources: ['cronjobs'] }],
    variables: [],
    validations: [
      { expression: "object.kind != 'CronJob'", message: 'CronJobs need a review: they start pods again and again.' },
    ],
  },
  {
    control: 'C-0034',
    name: 'automatic-account-token',
    types: [...WORKLOADS, { group: '', version: 'v1', resources: ['serviceaccounts'] }],
    variables: [
      ...POD,
      { name: 'account', expression: "dyn(object).kind == 'ServiceAccount' ? dyn(object) : variables.podSpec" },
    ],
    validations: [
      {
        expression: 'variables.account.?automountServiceAccountToken.orValue(true) == false',
        message: 'automountServiceAccountToken must be false.',
      },
    ],
  },
  {
    control: 'C-0042',
    name: 'ssh-server',
    types: [...WORKLOADS, { group: '', version: 'v1', resources: ['services'] }],
    variables: [
      {
        name: 'ports',
        expression: "dyn(object).kind == 'Service' ? dyn(object).?spec.?ports.orValue([]) : []",
      },
      ...CONTAINERS.map(({ name, expression }) => ({
        name,
        expression: `dyn(object).kind == 'Service' ? ${name === 'podSpec' ? '{}' : '[]'} : dyn(${expression})`,
      })),
    ],
    validations: [
      {
        expression:
          'variables.ports.all(port, !(dyn(port.?port.orValue(0)) in [22, 2222]) && !(dyn(port.?targetPort.orValue(0)) in [22, 2222]))',
        message: 'No port may be that of an SSH server.',
      },
      everyContainer(
        'container.?ports.orValue([]).all(port, !(dyn(port.?containerPort.orValue(0)) in [22, 2222]) && !(dyn(port.?hostPort.orValue(0)) in [22, 2222]))',
        'No port may be that of an SSH server.',
      ),
    ],
  },
  {
    control: 'C-0044',
    name: 'host-port',
    types: WORKLOADS,
    variables: CONTAINERS,
    validations: [
      everyContainer(
        'container.?ports.orValue([]).all(port, !has(port.hostPort))',
        'Containers must not have a hostPort.',
      ),
    ],
  },
  outOfDefault('C-0061', 'pods-in-default-namespace', WORKLOADS),
  {
    control: 'C-0073',
    name: 'naked-pods',
    types: PODS,
    variables: [],
    validations: [
      {
        expression: 'dyn(object).metadata.?ownerReferences.orValue([]).size() > 0',
        message: 'Pods need an owner that replaces them, such as a Deployment.',
      },
    ],
  },
  labelled('C-0076', 'recommended-labels', 'recommendedLabels'),
  labelled('C-0077', 'common-labels', 'k8sRecommendedLabels'),
  {
    control: 'C-0204',
    name: 'host-ports',
    types: WORKLOADS,
    variables: ALL_CONTAINERS,
    validations: [
      everyContainer(
        'container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0)',
        'Containers must not have a hostPort.',
      ),
    ],
  },
  outOfDefault('C-0212', 'default-namespace', NAMESPACED),
  {
    control: 'C-0296',
    name: 'selector-of-template',
    types: [{ group: '', version: 'v1', resources: ['replicationcontrollers'] }, ...CONTROLLERS],
    variables: SELECTION,
    validations: [
      {
        expression: 'variables.pairs.all(label, variables.labels[?label] == optional.of(variables.pairs[label]))',
        message: 'The labels of the template must be those that the selector wants.',
      },
      {
        expression: [
          'variables.requirements.all(requirement,',
          "requirement.operator == 'In' ? requirement.key in variables.labels && variables.labels[requirement.key] in requirement.?values.orValue([])",
          ": requirement.operator == 'NotIn' ? !(requirement.key in variables.labels && variables.labels[requirement.key] in requirement.?values.orValue([]))",
          ": requirement.operator == 'Exists' ? requirement.key in variables.labels",
          ": requirement.operator == 'DoesNotExist' && !(requirement.key in variables.labels))",
        ].join(' '),
        message: 'The labels of the template must meet what the selector demands.',
      },
    ],
  },
]
