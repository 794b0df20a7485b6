/** Writable hostPath mount. */
import { failsIfAny } from '../../check.ts'
import { hostPathOf, mountsOf, volumesOf } from '../../checks/volumes.ts'
import { eachWorkload, hasJudgedList } from '../../checks/workloads.ts'
import { missing, wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0045',
  name: 'Writable hostPath mount',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Storage',
  scope: ['cluster', 'file'],
  why: 'A container mounts a directory of the node and may write to it. An intruder can change files that the node uses, for instance programs, cron entries or static pod manifests, and so run code on the node.',
  repair:
    'Set `readOnly: true` in the `volumeMounts` entry of the hostPath volume. If the container must write, use an `emptyDir` or a PersistentVolumeClaim in place of `hostPath`, or mount the smallest directory that will do and add an exception.',
  attackSteps: { 'workload-external-track': 'Privilege Escalation (Node)' },
  references: ['volumes', 'podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'alert-rw-hostpath' }, (workload) => {
      const hostVolumes = new Set(
        volumesOf(workload)
          .filter((volume) => volume.spec['hostPath'] !== undefined && hostPathOf(volume) !== '')
          .map((volume) => volume.name),
      )
      return failsIfAny(
        workload.containers.filter(hasJudgedList).flatMap((container) =>
          mountsOf(container)
            .filter((mount) => hostVolumes.has(mount.volume) && mount.spec['readOnly'] !== true)
            .map(({ path }) =>
              container.list === 'ephemeralContainers' ? wrong(path) : missing(`${path}.readOnly`, 'true'),
            ),
        ),
      )
    }),
  ],
})
