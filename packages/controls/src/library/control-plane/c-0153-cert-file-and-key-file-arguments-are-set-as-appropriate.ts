/** Ensure that the --cert-file and --key-file arguments are set as appropriate. */
import { requiredFlags } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0153',
  name: 'Ensure that the --cert-file and --key-file arguments are set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'etcd has no certificate for its clients, so it talks to the API server in plain text. Whoever can listen on that network reads every Secret as it passes.',
  repair:
    'Set `--cert-file` and `--key-file` on etcd, for instance to `/etc/kubernetes/pki/etcd/server.crt` and `server.key`, and use `https` in `--listen-client-urls` and `--advertise-client-urls`.',
  references: ['etcdSecurity', 'etcd'],
  checks: [
    requiredFlags({
      name: 'etcd-tls-enabled',
      component: ETCD,
      flags: [
        ['--cert-file', '<path/to/tls-certificate-file.crt>'],
        ['--key-file', '<path/to/tls-key-file.key>'],
      ],
    }),
  ],
})
