/** Reads the text of a kubeconfig. Source: Kubernetes, "kubeconfig (v1)"; clientcmd, `ValidateClusterInfo`. */
import { dirname, isAbsolute, join } from 'node:path'

import { asList, asMap, field, type Value, type ValueMap } from '@kubescape/resources'
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
interface ContextEntry {
  readonly cluster: string
  readonly user: string
  readonly namespace: string
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec'

/** The configuration in a file's bytes; relative paths start at the file's folder. Throws `ClusterError` with file and line. */
export function decodeKubeconfig(bytes: Uint8Array, file: string): Kubeconfig {
  const root = parse(bytes, file)
  const decoder = new Decoder(file)
  return {
    currentContext: decoder.text(root, 'current-context') ?? '',
    contexts: decoder.byName(root['contexts'], 'context', (entry) => decoder.context(entry)),
    clusters: decoder.byName(root['clusters'], 'cluster', (entry) => decoder.server(entry)),
    users: decoder.byName(root['users'], 'user', (entry) => decoder.user(entry)),
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

/** Reads entries, as strictly as kubectl: a namespace `n` without quotes is no text but `false`. */
class Decoder {
  readonly #file: string
  readonly #folder: string

  constructor(file: string) {
    this.#file = file
    this.#folder = dirname(file)
  }

  /** The first entry of a name counts. */
  byName<Entry>(list: Value | undefined, key: string, decode: (entry: ValueMap) => Entry): Map<string, Entry> {
    const entries = new Map<string, Entry>()
    for (const item of asList(list)) {
      const name = this.text(item, 'name')
      if (name !== undefined && !entries.has(name)) entries.set(name, decode(asMap(field(item, key)) ?? {}))
    }
    return entries
  }

  /** A text; undefined where it is missing or empty. */
  text(entry: Value, key: string): string | undefined {
    return this.#asText(field(entry, key), key) || undefined
  }

  context(entry: ValueMap): ContextEntry {
    const text = (key: string): string => this.text(entry, key) ?? ''
    return { cluster: text('cluster'), user: text('user'), namespace: text('namespace') }
  }

  server(entry: ValueMap): ServerEntry {
    const extension = asList(entry['extensions']).find((item) => field(item, 'name') === EXEC_EXTENSION)
    return {
      server: (this.text(entry, 'server') ?? '').replace(/\/+$/, ''),
      isInsecure: entry['insecure-skip-tls-verify'] === true,
      refusesCompression: entry['disable-compression'] === true,
      ...given('caFile', this.#path(entry, 'certificate-authority')),
      ...given('caData', this.text(entry, 'certificate-authority-data')),
      ...given('tlsServerName', this.text(entry, 'tls-server-name')),
      ...given('proxyUrl', this.text(entry, 'proxy-url')),
      ...given('execConfig', field(extension, 'extension')),
    }
  }

  user(entry: ValueMap): UserEntry {
    const exec = asMap(entry['exec'])
    const provider = asMap(entry['auth-provider'])
    return {
      impersonation: this.#impersonation(entry),
      ...given('certFile', this.#path(entry, 'client-certificate')),
      ...given('certData', this.text(entry, 'client-certificate-data')),
      ...given('keyFile', this.#path(entry, 'client-key')),
      ...given('keyData', this.text(entry, 'client-key-data')),
      ...given('token', this.text(entry, 'token')),
      ...given('tokenFile', this.#path(entry, 'tokenFile')),
      ...given('username', this.text(entry, 'username')),
      ...given('password', this.text(entry, 'password')),
      ...given('exec', exec && this.#exec(exec)),
      ...given('authProvider', provider && this.#authProvider(provider)),
    }
  }

  /** Headers of Kubernetes, "User impersonation"; names of extras are percent-encoded. */
  #impersonation(entry: ValueMap): [string, string][] {
    const headers: [string, string][] = []
    const [user, uid] = [this.text(entry, 'as'), this.text(entry, 'as-uid')]
    if (user !== undefined) headers.push(['Impersonate-User', user])
    if (uid !== undefined) headers.push(['Impersonate-Uid', uid])
    for (const group of this.#texts(entry, 'as-groups')) headers.push(['Impersonate-Group', group])
    const extra = asMap(entry['as-user-extra']) ?? {}
    for (const name of Object.keys(extra)) {
      for (const value of this.#texts(extra, name))
        headers.push([`Impersonate-Extra-${encodeURIComponent(name)}`, value])
    }
    return headers
  }

  #exec(exec: ValueMap): ExecEntry {
    const command = this.text(exec, 'command') ?? ''
    const mode = exec['interactiveMode']
    const env: Record<string, string> = {}
    for (const item of asList(exec['env'])) {
      const name = this.text(item, 'name')
      if (name !== undefined) env[name] = this.text(item, 'value') ?? ''
    }
    return {
      apiVersion: this.text(exec, 'apiVersion') ?? '',
      // A bare name is looked for on the PATH, a path with a slash starts at the file.
      command: /[/\\]/.test(command) ? (this.#path(exec, 'command') ?? command) : command,
      args: this.#texts(exec, 'args'),
      env,
      givesClusterInfo: exec['provideClusterInfo'] === true,
      interactiveMode: mode === 'Never' || mode === 'Always' ? mode : 'IfAvailable',
      ...given('installHint', this.text(exec, 'installHint')),
    }
  }

  #authProvider(provider: ValueMap): NonNullable<UserEntry['authProvider']> {
    const config: Record<string, string> = {}
    const map = asMap(provider['config']) ?? {}
    for (const key of Object.keys(map)) config[key] = this.text(map, key) ?? ''
    return { name: this.text(provider, 'name') ?? '', config }
  }

  #texts(entry: ValueMap, key: string): string[] {
    return asList(entry[key]).map((item) => this.#asText(item, key) ?? '')
  }

  #path(entry: ValueMap, key: string): string | undefined {
    const path = this.text(entry, key)
    return path === undefined || isAbsolute(path) ? path : join(this.#folder, path)
  }

  #asText(value: Value | undefined, key: string): string | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return value
    throw new ClusterError('cluster/malformed-configuration', `${this.#file}: a value of ${key} is no text`, {
      hint: 'Put it in quotes: YAML takes words such as y, n, on and no, and what looks like a number, for something else.',
    })
  }
}

/** An optional field: there when it has a value. */
function given<Key extends string, Of>(key: Key, value: Of | undefined): { [key in Key]?: Of } {
  return value === undefined ? {} : ({ [key]: value } as { [key in Key]?: Of })
}
