/** Container runtime socket mounted. */
import { failsIfAny } from '../../check.ts'
import { hostPathOf, mountFindings, volumesOf } from '../../checks/volumes.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { defineControl } from '../../control.ts'

/** Sockets of Docker, containerd (also of k3s, k0s and MicroK8s), CRI-O, cri-dockerd, dockershim and Podman. */
const SOCKETS = [
  '/run/docker.sock',
  '/run/docker/containerd/containerd.sock',
  '/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/k0s/containerd.sock',
  '/var/snap/microk8s/common/run/containerd.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/dockershim.sock',
  '/run/podman/podman.sock',
]

/**
 * The sockets, and every directory that holds one: a mount of it mounts the socket too. `/var/run` is a link to `/run`, so both
 * spellings count, but not `/var`: it holds the link alone.
 */
const PLACES = new Set(
  SOCKETS.flatMap((socket) => (socket.startsWith('/run/') ? [socket, `/var${socket}`] : [socket])).flatMap(upToRoot),
)
PLACES.delete('/var')

function upToRoot(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, at) => parts.slice(0, at + 1).join('/') || '/')
}

export default defineControl({
  id: 'C-0074',
  name: 'Container runtime socket mounted',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'The pod mounts the socket of the container runtime of its node, or a directory that holds it. Whoever can talk to it can start privileged containers outside the control of Kubernetes, which amounts to root on the node.',
  repair:
    'Remove the `hostPath` volume and its `volumeMounts`, or narrow a directory such as `/var/run` to what is needed. Build images with a tool that needs no daemon, such as BuildKit in rootless mode or Buildah, and read container data from the Kubernetes API. Node agents that need the socket need an exception.',
  references: ['volumes', 'podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'containers-mounting-docker-socket' }, (workload) =>
      failsIfAny(
        volumesOf(workload)
          .filter((volume) => PLACES.has(hostPathOf(volume) ?? ''))
          .flatMap((volume) => mountFindings(workload, volume)),
      ),
    ),
  ],
})
