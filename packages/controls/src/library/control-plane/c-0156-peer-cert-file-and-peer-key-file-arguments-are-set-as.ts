/** Ensure that the --peer-cert-file and --peer-key-file arguments are set as appropriate. */
import { requiredFlags } from '../../checks/component-flags.ts'
import { ETCD } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0156',
  name: 'Ensure that the --peer-cert-file and --peer-key-file arguments are set as appropriate',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Members of etcd replicate without TLS. Everything that is stored, Secrets included, can be read or changed on the way between them.',
  repair:
    'Set `--peer-cert-file` and `--peer-key-file` on each member and use `https` peer URLs. A cluster with one member sends nothing to peers, yet is reported too: set the flags or add an exception.',
  references: ['etcdSecurity', 'etcd'],
  checks: [
    requiredFlags({
      name: 'etcd-peer-tls-enabled',
      component: ETCD,
      flags: [
        ['--peer-cert-file', '<path/to/tls-certificate-file.crt>'],
        ['--peer-key-file', '<path/to/tls-key-file.key>'],
      ],
      blamesList: true,
    }),
  ],
})
