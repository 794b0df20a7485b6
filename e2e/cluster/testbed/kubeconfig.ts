/** Files by which clients find a cluster and say who they are. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { KeyPair } from './certificates.ts'

/** Proof of who a client is. */
export type Proof =
  | { readonly kind: 'certificate'; readonly pair: KeyPair }
  | { readonly kind: 'token'; readonly token: string }

/** Writes a kubeconfig that needs no other file, readable for its owner only, and gives its path. */
export function writeKubeconfig(path: string, url: string, caPath: string, proof: Proof): string {
  const user =
    proof.kind === 'token'
      ? [`token: ${proof.token}`]
      : [`client-certificate-data: ${base64(proof.pair.certificate)}`, `client-key-data: ${base64(proof.pair.key)}`]
  const text = `apiVersion: v1
kind: Config
current-context: testbed
clusters:
- name: testbed
  cluster:
    server: ${url}
    certificate-authority-data: ${base64(caPath)}
users:
- name: testbed
  user:
    ${user.join('\n    ')}
contexts:
- name: testbed
  context:
    cluster: testbed
    user: testbed
`
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

const base64 = (path: string): string => readFileSync(path).toString('base64')
