/** Runs a credential plugin. Source: Kubernetes, "Authenticating: client-go credential plugins". */
import { spawn, type ChildProcess } from 'node:child_process'

import { asMap, asText, type Value } from '@kubescape/resources'

import type { ExecEntry, ServerEntry } from '../access.ts'
import { ClusterError } from '../errors.ts'
import { plainText } from '../plain-text.ts'
import { readAuthorities } from './certificate.ts'
import { bearer, type Credential } from './credential.ts'

/** How plugins are run. */
export interface ExecOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** True where a person may be asked: plugins then share the terminal, and have all the time they want. */
  readonly isInteractive: boolean
}

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const TIMEOUT_MS = 60_000
const STDOUT_BYTES = 2 ** 20
const STDERR_BYTES = 4096
const SHOWN_LENGTH = 600

/** The credential that the plugin prints. Throws `ClusterError` with what it said otherwise; when aborted, the plugin is killed. */
export async function runExecPlugin(
  exec: ExecEntry,
  server: ServerEntry,
  options: ExecOptions,
  signal: AbortSignal,
): Promise<Credential> {
  const { apiVersion, command } = exec
  if (!VERSIONS.includes(apiVersion)) {
    throw new ClusterError(
      'cluster/exec-version',
      `the credential plugin ${command} speaks ${apiVersion || 'no version'}`,
      {
        hint: `Update it and the context; known are ${VERSIONS.join(' and ')}.`,
      },
    )
  }
  if (exec.interactiveMode === 'Always' && !options.isInteractive) {
    throw new ClusterError('cluster/exec-interactive', `the credential plugin ${command} needs a terminal to ask at`)
  }
  const isInteractive = options.isInteractive && exec.interactiveMode !== 'Never'
  const info = {
    apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: isInteractive, ...clusterInfo(exec, server) },
  }
  const env = { ...options.env, ...exec.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) }
  const stdout = await run(exec, env, isInteractive, signal)
  return readCredential(stdout, exec)
}

function clusterInfo(exec: ExecEntry, server: ServerEntry): object {
  if (!exec.givesClusterInfo) return {}
  const authorities = readAuthorities(server)
  return {
    cluster: {
      server: server.server,
      ...(server.tlsServerName === undefined ? {} : { 'tls-server-name': server.tlsServerName }),
      ...(server.isInsecure ? { 'insecure-skip-tls-verify': true } : {}),
      ...(authorities === undefined
        ? {}
        : { 'certificate-authority-data': Buffer.from(authorities, 'latin1').toString('base64') }),
      ...(server.proxyUrl === undefined ? {} : { 'proxy-url': server.proxyUrl }),
      ...(server.execConfig === undefined ? {} : { config: server.execConfig }),
    },
  }
}

function run(exec: ExecEntry, env: NodeJS.ProcessEnv, isInteractive: boolean, signal: AbortSignal): Promise<string> {
  const { command, args } = exec
  return new Promise((resolve, reject) => {
    // Its own process group, so that what it started ends with it; at the terminal it has to stay in ours.
    const detached = !isInteractive && process.platform !== 'win32'
    const stdio = isInteractive ? (['inherit', 'pipe', 'inherit'] as const) : (['ignore', 'pipe', 'pipe'] as const)
    const plugin = spawn(command, args, { env, stdio: [...stdio], detached, windowsHide: true })
    const stdout = collect(plugin.stdout, STDOUT_BYTES)
    const stderr = collect(plugin.stderr, STDERR_BYTES)
    const stop = (error: Error): void => {
      settle()
      kill(plugin, detached)
      reject(error)
    }
    const abort = (): void => stop(signal.reason as Error)
    const timer = isInteractive ? undefined : setTimeout(() => stop(silent(exec)), TIMEOUT_MS)
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    plugin.once('error', (error) => {
      settle()
      reject(notStarted(exec, error))
    })
    plugin.once('close', (code, killedBy) => {
      settle()
      if (code === 0) resolve(stdout())
      else reject(failed(exec, code === null ? `was ended by ${killedBy}` : `failed with exit code ${code}`, stderr()))
    })
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
}

/** Keeps the first bytes of a stream and reads the rest away. */
function collect(stream: NodeJS.ReadableStream | null, limit: number): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream?.on('data', (chunk: Buffer) => {
    if (size < limit) chunks.push(chunk.subarray(0, limit - size))
    size += chunk.length
  })
  return () => Buffer.concat(chunks).toString()
}

function kill(plugin: ChildProcess, isGroup: boolean): void {
  try {
    if (isGroup && plugin.pid !== undefined) process.kill(-plugin.pid, 'SIGKILL')
    else plugin.kill('SIGKILL')
  } catch {
    // It has ended already.
  }
  plugin.stdout?.destroy()
  plugin.stderr?.destroy()
  plugin.unref()
}

function readCredential(stdout: string, exec: ExecEntry): Credential {
  let printed: ReturnType<typeof asMap>
  try {
    printed = asMap(JSON.parse(stdout) as Value)
  } catch {
    // What it printed may be half a token: it is not shown.
    throw failed(exec, 'printed no JSON', '')
  }
  const version = asText(printed?.['apiVersion'])
  if (printed?.['kind'] !== 'ExecCredential' || version !== exec.apiVersion) {
    throw failed(exec, `printed no ExecCredential of ${exec.apiVersion}`, '')
  }
  const status = asMap(printed['status'])
  const token = asText(status?.['token'])
  const cert = asText(status?.['clientCertificateData'])
  const key = asText(status?.['clientKeyData'])
  if (!token && !(cert && key)) throw failed(exec, 'printed neither a token nor a certificate with its key', '')
  const expiresAt = Date.parse(asText(status?.['expirationTimestamp']) ?? '')
  return {
    ...(token ? { authorization: bearer(token) } : {}),
    ...(cert && key ? { certificate: { cert, key } } : {}),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
}

function notStarted({ command, installHint }: ExecEntry, error: NodeJS.ErrnoException): ClusterError {
  const isMissing = error.code === 'ENOENT'
  const why = isMissing
    ? 'is not installed, or not on the PATH'
    : `could not be started (${error.code ?? error.message})`
  const hint = installHint === undefined ? undefined : plainText(installHint, SHOWN_LENGTH)
  return new ClusterError('cluster/exec-missing', `the credential plugin ${command} ${why}`, {
    hint: hint ?? 'Install it, or log in with the tool that wrote this context.',
    cause: error,
  })
}

function failed({ command }: ExecEntry, how: string, stderr: string): ClusterError {
  const said = plainText(stderr, SHOWN_LENGTH)
  return new ClusterError(
    'cluster/exec-failed',
    `the credential plugin ${command} ${how}${said === '' ? '' : `: ${said}`}`,
    {
      hint: 'Log in again with the tool that wrote this context.',
    },
  )
}

function silent(exec: ExecEntry): ClusterError {
  return failed(exec, `did not end within ${TIMEOUT_MS / 1000} s`, '')
}
