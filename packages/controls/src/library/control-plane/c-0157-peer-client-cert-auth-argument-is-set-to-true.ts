/** Ensure that the --peer-client-cert-auth argument is set to true. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0157',
  name: 'Ensure that the --peer-client-cert-auth argument is set to true',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'etcd accepts peers without checking their certificate. A stranger on the network can join as a member and receive a copy of all data.',
  repair:
    'Set `--peer-client-cert-auth=true` together with `--peer-trusted-ca-file` on every member, one after the other so that the quorum holds.',
  references: ['etcdSecurity'],
  checks: [
    booleanFlag({
      name: 'etcd-peer-client-auth-cert',
      component: ETCD,
      flag: '--peer-client-cert-auth',
      want: true,
      absent: 'fails',
    }),
  ],
})
