/** Ensure that the --peer-auto-tls argument is not set to true. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0158',
  name: 'Ensure that the --peer-auto-tls argument is not set to true',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Members of etcd use certificates that each has signed for itself, which prove nothing about who the other side is.',
  repair:
    'Remove `--peer-auto-tls` from etcd or set it to `false`, and give each member a certificate of a peer CA with `--peer-cert-file` and `--peer-key-file`.',
  references: ['etcdSecurity'],
  checks: [
    booleanFlag({
      name: 'etcd-peer-auto-tls-disabled',
      component: ETCD,
      flag: '--peer-auto-tls',
      want: false,
      absent: 'passes',
    }),
  ],
})
