/** Ensure that the scheduler.conf file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0106',
  name: 'Ensure that the scheduler.conf file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: '`scheduler.conf` is open to users other than root. Its client key lets anyone act as the scheduler, who can bind pods to nodes of their choice.',
  repair:
    'Run `chmod 600 /etc/kubernetes/scheduler.conf` on each control plane node; if it was readable, renew it with `kubeadm certs renew scheduler.conf`.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-scheduler.conf-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.schedulerInfo.configFile'],
      max: 0o600,
    }),
  ],
})
