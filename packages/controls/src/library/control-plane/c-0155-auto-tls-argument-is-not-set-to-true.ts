/** Ensure that the --auto-tls argument is not set to true. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0155',
  name: 'Ensure that the --auto-tls argument is not set to true',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'etcd makes up its own client-facing certificate. Traffic is encrypted, but no client can know whether it talks to the right server.',
  repair:
    'Remove `--auto-tls` from the etcd `command` or set it to `false`, and name a certificate of the etcd CA with `--cert-file` and `--key-file`.',
  references: ['etcdSecurity'],
  checks: [
    booleanFlag({ name: 'etcd-auto-tls-disabled', component: ETCD, flag: '--auto-tls', want: false, absent: 'passes' }),
  ],
})
