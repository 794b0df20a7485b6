/** Flags of the parts of a control plane. Every address is 127.0.0.1. */
import type { KeyPair } from './certificates.ts'

/** Certificates and keys that the API server and the controller manager share. */
export interface Keys {
  readonly authority: KeyPair
  readonly proxyAuthority: KeyPair
  readonly proxyClient: KeyPair
  readonly server: KeyPair
  readonly tokens: KeyPair
}

/** Flags of kube-apiserver. */
export function apiServerFlags(port: number, etcdUrl: string, keys: Keys): string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    // Must be given, must not be loopback, and is only written into objects, which the next flag prevents.
    '--advertise-address=10.255.0.1',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    `--tls-cert-file=${keys.server.certificate}`,
    `--tls-private-key-file=${keys.server.key}`,
    `--client-ca-file=${keys.authority.certificate}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${keys.tokens.certificate}`,
    `--service-account-signing-key-file=${keys.tokens.key}`,
    `--requestheader-client-ca-file=${keys.proxyAuthority.certificate}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${keys.proxyClient.certificate}`,
    `--proxy-client-key-file=${keys.proxyClient.key}`,
    '--authorization-mode=RBAC',
    // Else validation turns privileged Pods away before any policy sees them.
    '--allow-privileged=true',
    // Else a server that is told to end waits a minute for its watchers to leave.
    '--shutdown-send-retry-after=true',
  ]
}

/** Flags of kube-controller-manager. */
export function controllerManagerFlags(port: number, kubeconfig: string, keys: Keys): string[] {
  return [
    ...clientFlags(port, kubeconfig, keys),
    '--use-service-account-credentials=true',
    `--service-account-private-key-file=${keys.tokens.key}`,
    `--root-ca-file=${keys.authority.certificate}`,
  ]
}

/** Flags of kube-scheduler. */
export function schedulerFlags(port: number, kubeconfig: string, keys: Keys): string[] {
  return clientFlags(port, kubeconfig, keys)
}

/**
 * Flags of kwok, which plays all nodes. `stages` is a file that says what becomes of nodes and Pods. The nodes claim to be on
 * this machine, so that whatever the API server asks of a kubelet comes to kwok.
 */
export function kwokFlags(port: number, kubeconfig: string, stages: string, keys: Keys): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--config=${stages}`,
    '--manage-all-nodes=true',
    '--cidr=10.244.0.0/16',
    '--node-lease-duration-seconds=40',
    '--node-ip=127.0.0.1',
    `--node-port=${port}`,
    `--server-address=127.0.0.1:${port}`,
    `--tls-cert-file=${keys.server.certificate}`,
    `--tls-private-key-file=${keys.server.key}`,
  ]
}

function clientFlags(port: number, kubeconfig: string, keys: Keys): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--tls-cert-file=${keys.server.certificate}`,
    `--tls-private-key-file=${keys.server.key}`,
    '--leader-elect=false',
  ]
}
