/** Consider external secret storage. */
import { asList, field } from '@kubescape/resources'
import { isSet } from '../../checks/values.ts'
import { volumesOf } from '../../checks/volumes.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0234',
  name: 'Consider external secret storage',
  baseScore: 6,
  scope: ['cluster'],
  why: 'The workload takes no secrets from an external store by the Secrets Store CSI driver. Kubernetes Secrets lie in etcd, can be read by everyone with the right to list them, and nobody rotates them by themselves.',
  repair:
    'Keep credentials in Vault, AWS Secrets Manager, Azure Key Vault or Google Secret Manager, install the Secrets Store CSI driver, and mount them with a volume that names `csi.volumeAttributes.secretProviderClass`. Workloads that need no credentials can have an exception.',
  references: ['secretsGoodPractices'],
  checks: [
    eachWorkload({ name: 'ensure-external-secrets-storage-is-in-use' }, (workload) => {
      const setting = ['csi', 'volumeAttributes', 'secretProviderClass']
      if (volumesOf(workload).some(({ spec }) => isSet(field(spec, ...setting)))) return undefined
      // A volume is added behind those that are there.
      const next = asList(workload.get('volumes')).length
      return [missing(workload.at(`volumes[${next}].${setting.join('.')}`), 'YOUR_VALUE')]
    }),
  ],
})
