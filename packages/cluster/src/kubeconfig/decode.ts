/** Reads the text of a kubeconfig. Source: Kubernetes, "kubeconfig (v1)"; clientcmd, `ValidateClusterInfo`. */
import { dirname, isAbsolute, join } from 'node:path'

import { asList, asMap, asText, asTextMap, asTexts, field, type Value, type ValueMap } from '@kubescape/resources'
import { decodeText, readDocument, splitDocuments, type Problem } from '@kubescape/yaml'

import type { ExecEntry, ServerEntry, UserEntry } from '../access.ts'
import { ClusterError } from '../errors.ts'

/** What one file, or several together, say. */
export interface Kubeconfig {
  readonly currentContext: string
  readonly contexts: ReadonlyMap<string, ContextEntry>
  readonly clusters: ReadonlyMap<string, ServerEntry>
  readonly users: ReadonlyMap<string, UserEntry>
}

/** Which cluster as which user; empty where the configuration does not say. */
export interface ContextEntry {
  readonly cluster: string
  readonly user: string
  readonly namespace: string
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec'

/** The configuration in a file's bytes; relative paths start at the file's folder. Throws `ClusterError` with file and line. */
export function decodeKubeconfig(bytes: Uint8Array, file: string): Kubeconfig {
  const root = parse(bytes, file)
  const folder = dirname(file)
  return {
    currentContext: asText(root['current-context']) ?? '',
    contexts: byName(root['contexts'], 'context', decodeContext),
    clusters: byName(root['clusters'], 'cluster', (entry) => decodeServer(entry, folder)),
    users: byName(root['users'], 'user', (entry) => decodeUser(entry, folder)),
  }
}

function parse(bytes: Uint8Array, file: string): ValueMap {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) throw malformed(file, decoded.problem)
  const [slice] = splitDocuments(decoded.text)
  if (slice === undefined) return {}
  const { value, problems } = readDocument(decoded.text, slice)
  if (value === null) return {}
  const map = asMap(value)
  if (map !== undefined) return map
  throw malformed(file, problems[0] ?? { code: '', message: 'It is no mapping.', line: slice.line })
}

function malformed(file: string, { message, line }: Problem): ClusterError {
  const place = line === undefined ? file : `${file}:${line}`
  const what = message.charAt(0).toLowerCase() + message.slice(1)
  return new ClusterError('cluster/malformed-configuration', `${place}: the file is no kubeconfig: ${what}`, {
    hint: 'kubectl config view --kubeconfig with this file shows whether kubectl can read it.',
  })
}

/** The first entry of a name counts. */
function byName<Entry>(list: Value | undefined, key: string, decode: (entry: ValueMap) => Entry): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const item of asList(list)) {
    const name = asText(field(item, 'name'))
    if (name !== undefined && name !== '' && !entries.has(name))
      entries.set(name, decode(asMap(field(item, key)) ?? {}))
  }
  return entries
}

function decodeContext(entry: ValueMap): ContextEntry {
  const text = (key: string): string => asText(entry[key]) ?? ''
  return { cluster: text('cluster'), user: text('user'), namespace: text('namespace') }
}

function decodeServer(entry: ValueMap, folder: string): ServerEntry {
  const extension = asList(entry['extensions']).find((item) => field(item, 'name') === EXEC_EXTENSION)
  const execConfig = field(extension, 'extension')
  return {
    server: (asText(entry['server']) ?? '').replace(/\/+$/, ''),
    isInsecure: entry['insecure-skip-tls-verify'] === true,
    refusesCompression: entry['disable-compression'] === true,
    ...given('caFile', pathIn(folder, entry['certificate-authority'])),
    ...given('caData', textOf(entry['certificate-authority-data'])),
    ...given('tlsServerName', textOf(entry['tls-server-name'])),
    ...given('proxyUrl', textOf(entry['proxy-url'])),
    ...given('execConfig', execConfig),
  }
}

function decodeUser(entry: ValueMap, folder: string): UserEntry {
  const exec = asMap(entry['exec'])
  const provider = asMap(entry['auth-provider'])
  return {
    impersonation: decodeImpersonation(entry),
    ...given('certFile', pathIn(folder, entry['client-certificate'])),
    ...given('certData', textOf(entry['client-certificate-data'])),
    ...given('keyFile', pathIn(folder, entry['client-key'])),
    ...given('keyData', textOf(entry['client-key-data'])),
    ...given('token', textOf(entry['token'])),
    ...given('tokenFile', pathIn(folder, entry['tokenFile'])),
    ...given('username', textOf(entry['username'])),
    ...given('password', textOf(entry['password'])),
    ...given('exec', exec && decodeExec(exec, folder)),
    ...given(
      'authProvider',
      provider && { name: asText(provider['name']) ?? '', config: asTextMap(provider['config']) },
    ),
  }
}

/** Headers of RFC-like lists: Kubernetes, "User impersonation"; names of extras are percent-encoded. */
function decodeImpersonation(entry: ValueMap): [string, string][] {
  const headers: [string, string][] = []
  const [user, uid] = [textOf(entry['as']), textOf(entry['as-uid'])]
  if (user !== undefined) headers.push(['Impersonate-User', user])
  if (uid !== undefined) headers.push(['Impersonate-Uid', uid])
  for (const group of asTexts(entry['as-groups'])) headers.push(['Impersonate-Group', group])
  for (const [name, values] of Object.entries(asMap(entry['as-user-extra']) ?? {})) {
    for (const value of asTexts(values)) headers.push([`Impersonate-Extra-${encodeURIComponent(name)}`, value])
  }
  return headers
}

function decodeExec(exec: ValueMap, folder: string): ExecEntry {
  const command = asText(exec['command']) ?? ''
  const mode = exec['interactiveMode']
  const env: Record<string, string> = {}
  for (const item of asList(exec['env'])) {
    const name = asText(field(item, 'name'))
    if (name) env[name] = asText(field(item, 'value')) ?? ''
  }
  return {
    apiVersion: asText(exec['apiVersion']) ?? '',
    // A bare name is looked for on the PATH, a path with a slash starts at the file.
    command: /[/\\]/.test(command) ? (pathIn(folder, command) ?? command) : command,
    args: asTexts(exec['args']),
    env,
    givesClusterInfo: exec['provideClusterInfo'] === true,
    interactiveMode: mode === 'Never' || mode === 'Always' ? mode : 'IfAvailable',
    ...given('installHint', textOf(exec['installHint'])),
  }
}

function textOf(value: Value | undefined): string | undefined {
  return asText(value) || undefined
}

function pathIn(folder: string, value: Value | undefined): string | undefined {
  const path = textOf(value)
  return path === undefined || isAbsolute(path) ? path : join(folder, path)
}

/** An optional field: there when it has a value. */
function given<Key extends string, Of>(key: Key, value: Of | undefined): { [key in Key]?: Of } {
  return value === undefined ? {} : ({ [key]: value } as { [key in Key]?: Of })
}
