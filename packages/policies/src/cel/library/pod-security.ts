/** table: policies about what pods and containers may do on their node. */
import type { NamedExpression, Validation } from '../admission/policy-source.ts'
import {
  ALL_CONTAINERS,
  CONTAINERS,
  everyContainer,
  POD,
  setting,
  WITH_INIT,
  WORKLOADS,
  type LibraryPolicy,
} from './library-policy.ts'

const own = (field: string): string => `container.?securityContext.?${field}`
const capabilities = (list: 'add' | 'drop'): string => `${own(`capabilities.?${list}`)}.orValue([])`
/** A field of the security context: of the container, and where it is absent there of the pod. */
const effective = (field: string): string => `${own(field)}.or(variables.podSpec.?securityContext.?${field})`

const noEscalation: Validation = everyContainer(
  `${own('allowPrivilegeEscalation')}.orValue(true) == false`,
  'Every container needs securityContext.allowPrivilegeEscalation: false.',
)

function ofContainers(
  control: string,
  name: string,
  variables: readonly NamedExpression[],
  ...validations: readonly Validation[]
): LibraryPolicy {
  return { control, name, types: WORKLOADS, variables, validations }
}

/** The pod must not share something with its node. */
function notOfNode(control: string, name: string, ...fields: readonly string[]): LibraryPolicy {
  const validations = fields.map((field) => ({
    expression: `variables.podSpec.?${field}.orValue(false) == false`,
    message: `The pod must not set ${field}: true.`,
  }))
  return { control, name, types: WORKLOADS, variables: POD, validations }
}

export const POD_SECURITY_POLICIES: readonly LibraryPolicy[] = [
  ofContainers(
    'C-0013',
    'non-root-containers',
    CONTAINERS,
    noEscalation,
    everyContainer(
      `${effective('runAsNonRoot')}.orValue(false) == true || ${effective('runAsUser')}.orValue(0) != 0`,
      'Every container needs runAsNonRoot: true, or a runAsUser that is not 0.',
    ),
  ),
  ofContainers('C-0016', 'privilege-escalation', ALL_CONTAINERS, noEscalation),
  ofContainers(
    'C-0017',
    'read-only-root-filesystem',
    CONTAINERS,
    everyContainer(
      `${own('readOnlyRootFilesystem')}.orValue(false) == true`,
      'Every container needs securityContext.readOnlyRootFilesystem: true.',
    ),
  ),
  notOfNode('C-0038', 'host-pid-and-ipc', 'hostPID', 'hostIPC'),
  notOfNode('C-0041', 'host-network', 'hostNetwork'),
  {
    control: 'C-0046',
    name: 'insecure-capabilities',
    types: WORKLOADS,
    hasParams: true,
    variables: [
      ...CONTAINERS,
      {
        name: 'insecureCapabilities',
        expression: `['ALL'] + ${setting('insecureCapabilities')}.orValue([]).map(name, string(name).upperAscii())`,
      },
    ],
    validations: [
      everyContainer(
        `!${capabilities('add')}.exists(name, string(name).upperAscii() in variables.insecureCapabilities)`,
        'No container may add an insecure capability.',
      ),
    ],
  },
  ofContainers(
    'C-0055',
    'linux-hardening',
    WITH_INIT,
    everyContainer(`${effective('seccompProfile')}.hasValue()`, 'Every container needs a seccompProfile.'),
  ),
  ofContainers(
    'C-0057',
    'privileged-container',
    ALL_CONTAINERS,
    everyContainer(
      `${own('privileged')}.orValue(false) == false && !${capabilities('add')}.exists(name, name == 'SYS_ADMIN')`,
      'No container may be privileged, or add the capability SYS_ADMIN.',
    ),
  ),
  notOfNode('C-0194', 'host-pid', 'hostPID'),
  ofContainers(
    'C-0198',
    'root-containers',
    ALL_CONTAINERS,
    everyContainer(`${effective('runAsUser')}.orValue(1) != 0`, 'No container may run as user 0.'),
  ),
  ofContainers(
    'C-0199',
    'net-raw-capability',
    ALL_CONTAINERS,
    everyContainer(
      `${capabilities('drop')}.exists(name, name == 'NET_RAW' || name == 'ALL')`,
      'Every container must drop the capability NET_RAW, or ALL.',
    ),
    everyContainer(
      `!${capabilities('add')}.exists(name, name == 'NET_RAW' || name == 'ALL')`,
      'No container may add the capability NET_RAW, or ALL.',
    ),
  ),
  ofContainers(
    'C-0200',
    'added-capabilities',
    ALL_CONTAINERS,
    everyContainer(`${capabilities('add')}.size() == 0`, 'No container may add capabilities.'),
  ),
  ofContainers(
    'C-0201',
    'assigned-capabilities',
    ALL_CONTAINERS,
    everyContainer(
      `${capabilities('drop')}.exists(name, name == 'ALL')`,
      'Every container must drop ALL capabilities.',
    ),
    everyContainer(`${capabilities('add')}.size() == 0`, 'No container may add capabilities.'),
  ),
  ofContainers(
    'C-0202',
    'windows-host-process',
    ALL_CONTAINERS,
    {
      expression: 'variables.podSpec.?securityContext.?windowsOptions.?hostProcess.orValue(false) == false',
      message: 'The pod must not be a process of its Windows host.',
    },
    everyContainer(
      `${own('windowsOptions.?hostProcess')}.orValue(false) == false`,
      'No container may be a process of its Windows host.',
    ),
  ),
  ofContainers(
    'C-0210',
    'seccomp-profile',
    ALL_CONTAINERS,
    everyContainer(
      `${effective('seccompProfile.?type')}.orValue('Unconfined') != 'Unconfined'`,
      'Every container needs a seccompProfile that is not Unconfined.',
    ),
  ),
  notOfNode('C-0276', 'host-ipc', 'hostIPC'),
]
