/** The way in for a Pod: its service account. Source: Kubernetes, "Accessing the Kubernetes API from a Pod". */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { Access } from '../access.ts'
import type { ClusterTarget } from '../target.ts'

/** Where Kubernetes puts the service account. */
const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The cluster that this program runs in; undefined where it runs in none. */
export function inClusterTarget(
  env: Readonly<Record<string, string | undefined>>,
  folder: string = SERVICE_ACCOUNT_FOLDER,
): ClusterTarget | undefined {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT']]
  const [tokenFile, caFile] = [join(folder, 'token'), join(folder, 'ca.crt')]
  if (!host || !port || !isThere(tokenFile)) return undefined
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  const entry = { server, isInsecure: false, refusesCompression: false, ...(isThere(caFile) ? { caFile } : {}) }
  return {
    context: 'in-cluster',
    cluster: 'in-cluster',
    server,
    user: 'service-account',
    namespace: readNamespace(join(folder, 'namespace')) || 'default',
    access: new Access(entry, { tokenFile, impersonation: [] }),
  }
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}

function readNamespace(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
