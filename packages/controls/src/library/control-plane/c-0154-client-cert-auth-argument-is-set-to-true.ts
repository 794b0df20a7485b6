/** Ensure that the --client-cert-auth argument is set to true. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0154',
  name: 'Ensure that the --client-cert-auth argument is set to true',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'etcd does not ask its clients for a certificate. Anyone who reaches port 2379 can read and write the whole state of the cluster past the API server.',
  repair:
    'Set `--client-cert-auth=true` and `--trusted-ca-file` on etcd. Give kube-apiserver `--etcd-certfile` and `--etcd-keyfile` before the restart.',
  references: ['etcdSecurity', 'etcd'],
  checks: [
    booleanFlag({
      name: 'etcd-client-auth-cert',
      component: ETCD,
      flag: '--client-cert-auth',
      want: true,
      absent: 'fails',
    }),
  ],
})
