/** Bootstrap token authentication should not be used for users. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0288',
  name: 'Bootstrap token authentication should not be used for users',
  baseScore: 4,
  scope: ['cluster'],
  actionRequired: 'manual review',
  why: 'Bootstrap tokens let new nodes join. They are not tied to a person and carry a group that may ask for certificates, so they are no means for people to sign in.',
  repair:
    'List them with `kubeadm token list`, or as Secrets of type `bootstrap.kubernetes.io/token` in `kube-system`, and delete those that no node is waiting for. New ones should expire within a day: `kubeadm token create --ttl 2h`.',
  references: ['authentication', 'kubeletTls'],
  checks: [],
})
