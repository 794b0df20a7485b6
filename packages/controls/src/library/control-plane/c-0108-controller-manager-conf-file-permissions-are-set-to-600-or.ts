/** Ensure that the controller-manager.conf file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0108',
  name: 'Ensure that the controller-manager.conf file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: '`controller-manager.conf` can be read or written by users other than root. The identity in it may create tokens for service accounts and so reach nearly everything in the cluster.',
  repair:
    'Run `chmod 600 /etc/kubernetes/controller-manager.conf`; if others could read it, renew the key with `kubeadm certs renew controller-manager.conf` and restart the controller manager.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-controller-manager.conf-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.controllerManagerInfo.configFile'],
      max: 0o600,
    }),
  ],
})
