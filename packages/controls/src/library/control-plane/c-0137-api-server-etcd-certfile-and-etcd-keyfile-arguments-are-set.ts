/** Ensure that the API Server --etcd-certfile and --etcd-keyfile arguments are set as appropriate. */
import { requiredFlags } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0137',
  name: 'Ensure that the API Server --etcd-certfile and --etcd-keyfile arguments are set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server has no client certificate for etcd. etcd can only serve it if it takes connections from anyone, and then anyone on the network reads and writes the state of the cluster.',
  repair:
    'Set `--etcd-certfile` and `--etcd-keyfile` on kube-apiserver, for instance to `apiserver-etcd-client.crt` and `.key` in `/etc/kubernetes/pki`, and have etcd demand them with `--client-cert-auth=true`.',
  references: ['etcdSecurity', 'etcd'],
  checks: [
    requiredFlags({
      name: 'ensure-that-the-api-server-etcd-certfile-and-etcd-keyfile-arguments-are-set-as-appropriate',
      component: API_SERVER,
      flags: [
        ['--etcd-certfile', '<path/to/client-certificate-file.crt>'],
        ['--etcd-keyfile', '<path/to/client-key-file.key>'],
      ],
    }),
  ],
})
