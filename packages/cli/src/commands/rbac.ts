/** `kubescape rbac generate`: the roles that let a scan read what it looks at, and nothing else. */
import { applicableFrameworks, listedTypes, makeInputs, makeScope, selectControls } from '@kubescape/scanner'
import { hostScanRights } from '@kubescape/sources'
import { yamlText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { namespaceName } from '../host-scan-options.ts'
import {
  bindingsFor,
  readAccount,
  rolesFor,
  rolesForRights,
  type Account,
  type Manifest,
  type RoleRequest,
} from '../roles.ts'

/** What `rbac generate` was told. */
export interface RolesCommand {
  /** Names; every framework that applies to a cluster where neither these nor controls are given. */
  readonly frameworks: readonly string[]
  readonly controls: readonly string[]
  /** The only namespaces that the scan is of; all where it is empty. */
  readonly namespaces: readonly string[]
  readonly name: string
  /** Also what `--enable-host-scan` needs, in the namespace if one is named. */
  readonly enableHostScan?: boolean
  readonly hostScanNamespace?: string
  /** `namespace/name` of the account to bind. */
  readonly serviceAccount?: string
  readonly format: string
}

/**
 * The manifests, as YAML or JSON.
 * @throws {Failure} for what makes no sense, {SelectionError} for unknown frameworks and controls
 */
export function renderRoles(command: RolesCommand): string {
  const { frameworks, controls, format } = command
  if (format !== 'yaml' && format !== 'json') {
    throw new Failure(`--format does not know "${format}"`, 'Use yaml or json.')
  }
  if (frameworks.length > 0 && controls.length > 0) {
    throw new Failure('--frameworks and --controls are both given', 'Give one of them; --controls needs no framework.')
  }
  const account = command.serviceAccount === undefined ? undefined : readAccount(command.serviceAccount)
  const request = requestOf(command)
  const roles = [...rolesFor(request), ...hostScanRoles(command)]
  if (roles.length === 0) {
    throw new Failure(
      'these controls look at nothing that an API server has',
      'They judge descriptions of clouds or are for a person to check, which needs no role. Name others.',
    )
  }
  const manifests = [...(account === undefined ? [] : accountOf(account)), ...roles, ...bindingsFor(roles, account)]
  return format === 'json'
    ? jsonText(manifests)
    : `${heading(command, request)}${manifests.map(yamlText).join('---\n')}`
}

/** Roles of their own: who no longer collects facts can take them away. */
function hostScanRoles({ name, enableHostScan, hostScanNamespace }: RolesCommand): Manifest[] {
  const namespace = namespaceName(hostScanNamespace)
  if (enableHostScan === true) return rolesForRights(`${name}-host-scan`, hostScanRights(namespace))
  if (namespace === undefined) return []
  throw new Failure('--host-scan-namespace does nothing without --enable-host-scan', 'Give that too.')
}

function requestOf({ frameworks, controls, namespaces, name }: RolesCommand): RoleRequest {
  const isBare = frameworks.length === 0 && controls.length === 0
  const selection = selectControls({
    frameworks: isBare ? applicableFrameworks('').map((framework) => framework.name) : frameworks,
    controls,
  })
  const scope = makeScope({ selection, target: 'cluster' })
  return { name, namespaces: [...new Set(namespaces)], types: listedTypes(scope, makeInputs(undefined)) }
}

function accountOf({ namespace, name }: Account): Manifest[] {
  return [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }]
}

/** One object by itself, several as kubectl lists them. */
function jsonText(manifests: readonly Manifest[]): string {
  const [first, ...others] = manifests
  const value = others.length === 0 ? first : { apiVersion: 'v1', kind: 'List', items: manifests }
  return `${JSON.stringify(value, undefined, 2)}\n`
}

/** What the roles are for, and which types they open beyond the namespaces. */
function heading({ frameworks, controls, namespaces, ...more }: RolesCommand, { types }: RoleRequest): string {
  const what = frameworks.length > 0 ? `framework ${frameworks.join(',')}` : `control ${controls.join(',')}`
  const words = [
    'kubescape scan',
    ...(frameworks.length + controls.length > 0 ? [what] : []),
    ...(namespaces.length > 0 ? [`--include-namespaces ${namespaces.join(',')}`] : []),
    ...(more.enableHostScan === true ? ['--enable-host-scan'] : []),
    ...(more.hostScanNamespace === undefined ? [] : [`--host-scan-namespace ${more.hostScanNamespace}`]),
  ]
  const across = namespaces.length > 0 ? types.filter((type) => type.namespaced && type.across.length > 0) : []
  const lines = [
    `What this is for: ${words.join(' ')}`,
    ...(across.length > 0 ? ['Read in every namespace, for the controls that join them across namespaces:'] : []),
    ...across.map(
      ({ group, plural, across: ids }) => `  ${group === '' ? plural : `${plural}.${group}`}: ${ids.join(', ')}`,
    ),
  ]
  return lines.map((line) => `# ${line}\n`).join('')
}
