/** Minimize access to create persistent volumes. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0278',
  name: 'Minimize access to create persistent volumes',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject that may create PersistentVolumes can make one of type `hostPath` for any directory of a node and claim it from a pod. Rules that forbid `hostPath` in pods do not see this.',
  repair:
    'Remove `create` on `persistentvolumes` from `rules` of the role. People need claims only: let a StorageClass with a provisioner make the volumes, and leave this right to the ServiceAccount of the storage driver, with an exception.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-create-pv', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['persistentvolumes', '*'],
    }),
  ],
})
