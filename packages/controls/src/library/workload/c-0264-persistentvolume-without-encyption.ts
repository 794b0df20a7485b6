/** PersistentVolume without encyption. */
import { asText, field, matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { missing } from '../../finding.ts'
import { index, projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

const volumes = projection('persistent-volumes', [matching('v1', 'PersistentVolume')], (resource) => ({
  storageClass: asText(field(resource.object, 'spec', 'storageClassName')) ?? '',
}))

const classes = projection('storage-classes', [matching('storage.k8s.io/*', 'StorageClass')], (resource) => {
  const provisioner = asText(resource.object['provisioner']) ?? ''
  return {
    name: resource.identity.name,
    encrypted:
      asText(field(resource.object, 'parameters', 'encrypted')) === 'true' ||
      provisioner.includes('azure') ||
      provisioner.includes('csi.storage.gke.io'),
  }
})
const classesByName = index(classes, (row) => [row.name])

const unencrypted: JoinedCheck = {
  shape: 'joined',
  name: 'pv-without-encryption',
  match: [...volumes.match, ...classes.match],
  tests: 'matched',
  needs: [volumes, classes],
  across: [],
  *judge(tables): Generator<Outcome> {
    for (const volume of tables.rows(volumes)) {
      const named = tables.find(classesByName, volume.storageClass)
      const bad = named.filter((storageClass) => !storageClass.encrypted)
      if (bad.length === 0) {
        // A volume without a class, or with one that is not in the input, says nothing of encryption.
        if (named.length === 0) yield { subject: volume.ref, isUnknown: true }
        continue
      }
      yield {
        subject: volume.ref,
        findings: [missing('spec.storageClassName', '<your encrypted storage class>')],
        related: bad.map(({ ref }) => ({ ref, findings: [] })),
      }
    }
  },
}

export default defineControl({
  id: 'C-0264',
  name: 'PersistentVolume without encyption',
  baseScore: 5,
  scope: ['cluster'],
  why: 'The StorageClass of this volume does not ask for encryption. Anyone who gets the disk, a snapshot or the storage back end can read the data without a key.',
  repair:
    'Create a StorageClass with encryption, for instance `parameters.encrypted: "true"` for Amazon EBS, and name it in `storageClassName` of a new claim. A volume cannot be encrypted in place: copy the data over and delete the old one. If your storage encrypts without this parameter, add an exception.',
  references: ['storageClasses', 'persistentVolumes'],
  checks: [unencrypted],
})
