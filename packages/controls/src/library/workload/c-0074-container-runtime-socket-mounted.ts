/** Container runtime socket mounted. */
import { failsIfAny } from '../../check.ts'
import { hostPathOf, mountFindings, volumesOf } from '../../checks/volumes.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { defineControl } from '../../control.ts'

const SOCKETS = new Set([
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/var/run/docker',
  '/run/containerd/containerd.sock',
  '/var/run/containerd/containerd.sock',
  '/var/run/crio/crio.sock',
  '/run/crio/crio.sock',
])

export default defineControl({
  id: 'C-0074',
  name: 'Container runtime socket mounted',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'The pod mounts the socket of the container runtime of its node. Whoever can talk to it can start privileged containers outside the control of Kubernetes, which amounts to root on the node.',
  repair:
    'Remove the `hostPath` volume with the socket and its `volumeMounts`. Build images with a tool that needs no daemon, such as BuildKit in rootless mode or Buildah, and read container data from the Kubernetes API. Node monitoring that cannot do without it needs an exception.',
  references: ['volumes', 'podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'containers-mounting-docker-socket' }, (workload) =>
      failsIfAny(
        volumesOf(workload)
          .filter((volume) => SOCKETS.has((hostPathOf(volume) ?? '').replace(/\/+$/, '')))
          .flatMap((volume) => mountFindings(workload, volume)),
      ),
    ),
  ],
})
