/** Static Pods: the manifests that define components of the control plane, and where the files in their containers really are. */
import { asList, asText, asTexts, field, type Value, type ValueMap } from '@kubescape/resources'
import { posix } from 'node:path'

import { readConfig } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { Unread } from './unread.ts'

/** A component's manifest. */
export interface StaticPod {
  readonly record: FileRecord
  /** The Pod; undefined where the manifest could not be read. */
  readonly pod: ValueMap | undefined
}

/** Where kubelets look (kubeadm, kops and OpenShift; RKE2). */
const DIRECTORIES = ['/etc/kubernetes/manifests', '/var/lib/rancher/rke2/agent/pod-manifests']
/** OpenShift adds `-pod`, kops writes `.manifest`. */
const ENDINGS = ['.yaml', '.yml', '.manifest', '.json', '-pod.yaml']

/** The manifest of a component; undefined where there is none. `directory` is where the kubelet was told to look. */
export function findStaticPod(
  machine: Machine,
  component: string,
  directory: string | undefined,
): StaticPod | undefined {
  const directories = directory === undefined ? DIRECTORIES : [directory, ...DIRECTORIES]
  const path = machine.firstPath(directories.flatMap((each) => ENDINGS.map((end) => posix.join(each, component + end))))
  if (path === undefined) return undefined
  const record = machine.record(path)
  const pod = 'err' in record.ownership ? undefined : readConfig(machine, path)
  if (pod instanceof Unread) machine.note(path, pod.why)
  return { record, pod: pod instanceof Unread ? undefined : pod }
}

/** Where a path inside the component's container lies on the node. */
export function pathOnNode({ pod }: StaticPod, component: string, path: string): string | Unread {
  if (pod === undefined) return new Unread(`the manifest that says where ${component} has it could not be read`)
  const containers = asList(field(pod, 'spec', 'containers'))
  const container = containers.find((each) => commandOf(each).includes(component)) ?? containers[0]
  const mounts = asList(field(container, 'volumeMounts')).flatMap((mount) => {
    const at = asText(field(mount, 'mountPath'))
    return at !== undefined && contains(at, path) ? [{ at, mount }] : []
  })
  const [nearest] = mounts.toSorted((a, b) => b.at.length - a.at.length)
  const source = nearest && sourceOf(pod, nearest.mount)
  if (source === undefined) return new Unread(`lies inside the container of ${component}`)
  return posix.join(source, posix.relative(nearest?.at ?? '/', path))
}

function commandOf(container: Value): string {
  const [program = ''] = [...asTexts(field(container, 'command')), ...asTexts(field(container, 'args'))]
  return posix.basename(program)
}

function contains(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`)
}

function sourceOf(pod: ValueMap, mount: Value): string | undefined {
  const name = field(mount, 'name')
  const volume = asList(field(pod, 'spec', 'volumes')).find((each) => field(each, 'name') === name)
  const source = asText(field(volume, 'hostPath', 'path'))
  return source === undefined ? undefined : posix.join(source, asText(field(mount, 'subPath')) ?? '')
}
