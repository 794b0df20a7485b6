/** Who a cluster's servers and clients are, and how they prove it. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Credentials } from './api-client.ts'
import { CertificateFolder } from './certificates.ts'
import type { Keys } from './control-plane.ts'
import { writeKubeconfig } from './kubeconfig.ts'

/** Who may do what in a new cluster. */
export interface ClusterCredentials {
  readonly keys: Keys
  readonly admin: Credentials
  readonly kubeconfigFor: (user: string, groups?: readonly string[]) => Promise<string>
  readonly kubeconfigWithToken: (token: string) => string
}

/** Makes the certificates of a cluster below its folder; `url` is where its API server will be. */
export async function makeCredentials(folder: string, url: string): Promise<ClusterCredentials> {
  const own = join(folder, 'credentials')
  mkdirSync(own)
  const made = new CertificateFolder(own)
  const [authority, proxyAuthority] = await Promise.all([made.authority('ca'), made.authority('front-proxy-ca')])
  const [server, proxyClient, admin] = await Promise.all([
    made.server('server', authority),
    made.client('front-proxy-client', proxyAuthority, { user: 'front-proxy-client', groups: [] }),
    made.client('request', authority, { user: 'request', groups: ['system:masters'] }),
  ])
  const keys = { authority, proxyAuthority, server, proxyClient, tokens: made.tokenKey('service-accounts') }
  let count = 0
  const nextName = (): string => {
    count += 1
    return `client-${count}`
  }
  return {
    keys,
    admin: { ca: read(authority.certificate), cert: read(admin.certificate), key: read(admin.key) },
    async kubeconfigFor(user, groups = []) {
      const name = nextName()
      const pair = await made.client(name, authority, { user, groups })
      const path = join(own, `${name}.kubeconfig`)
      return writeKubeconfig(path, url, authority.certificate, { kind: 'certificate', pair })
    },
    kubeconfigWithToken(token) {
      const path = join(own, `${nextName()}.kubeconfig`)
      return writeKubeconfig(path, url, authority.certificate, { kind: 'token', token })
    },
  }
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}
