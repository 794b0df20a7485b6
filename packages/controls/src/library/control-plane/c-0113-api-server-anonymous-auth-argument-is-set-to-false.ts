/** Ensure that the API Server --anonymous-auth argument is set to false. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0113',
  name: 'Ensure that the API Server --anonymous-auth argument is set to false',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server answers requests without credentials as `system:anonymous`. One careless binding to that user or to `system:unauthenticated` then opens the cluster to everyone who can reach the port.',
  repair:
    'Set `--anonymous-auth=false` in `/etc/kubernetes/manifests/kube-apiserver.yaml`. Health probes without credentials stop working then: give them a certificate. Since 1.32 `--authentication-config` can admit anonymous requests to `/livez` and the like alone; this control cannot read that file: add an exception.',
  references: ['authentication', 'apiServerFlags'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-api-server-anonymous-auth-argument-is-set-to-false',
      component: API_SERVER,
      flag: '--anonymous-auth',
      want: false,
      absent: 'fails',
    }),
  ],
})
