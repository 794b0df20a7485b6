/** Ensure that the API Server --etcd-cafile argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0140',
  name: 'Ensure that the API Server --etcd-cafile argument is set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server is given no CA by which to verify etcd. A machine that poses as etcd can feed it any state, Secrets and roles included.',
  repair:
    'Set `--etcd-cafile` to the CA that signs the serving certificates of etcd, for instance `/etc/kubernetes/pki/etcd/ca.crt`, and use `https` in `--etcd-servers`.',
  references: ['etcd', 'etcdSecurity'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-api-server-etcd-cafile-argument-is-set-as-appropriate',
      component: API_SERVER,
      flag: '--etcd-cafile',
      value: '<path/to/ca-file.crt>',
    }),
  ],
})
