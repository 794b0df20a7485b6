/** Ensure that the client certificate authorities file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0169',
  name: 'Ensure that the client certificate authorities file ownership is set to root:root',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The file of CAs that the kubelet trusts for clients does not belong to root. Its owner chooses whose certificates open port 10250.',
  repair: 'Run `chown root:root /etc/kubernetes/pki/ca.crt`, or the file that `--client-ca-file` of the kubelet names.',
  references: ['kubeletAuthentication', 'certificates'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-client-certificate-authorities-file-ownership-is-set-to-root-root',
      kind: 'KubeletInfo',
      at: ['data.clientCAFile'],
    }),
  ],
})
