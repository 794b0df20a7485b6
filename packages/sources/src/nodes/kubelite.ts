/** MicroK8s: one process, `kubelite`, holds the components and reads the arguments of each from a file. */
import { flagValue } from './command-line.ts'
import type { Machine } from './machine.ts'
import type { NodeProcess } from './process-table.ts'

const SNAP_DATA = '/var/snap/microk8s/current'

/** What `kubelite` replaces in its files. */
const VARIABLES: Readonly<Record<string, string>> = {
  SNAP: '/snap/microk8s/current',
  SNAP_COMMON: '/var/snap/microk8s/common',
  SNAP_DATA,
}

const ARGUMENT_FILES: Readonly<Record<string, string>> = {
  'kube-apiserver': '--apiserver-args-file',
  'kube-controller-manager': '--controller-manager-args-file',
  'kube-proxy': '--proxy-args-file',
  'kube-scheduler': '--scheduler-args-file',
  kubelet: '--kubelet-args-file',
}

/** A component as if it were a process of its own; undefined where `kubelite` was told not to run it. */
export function componentOf(kubelite: NodeProcess, component: string, machine: Machine): NodeProcess | undefined {
  const flag = ARGUMENT_FILES[component]
  if (flag === undefined) return undefined
  const isControlPlane = component !== 'kubelet' && component !== 'kube-proxy'
  if (isControlPlane && flagValue(kubelite.args, '--start-control-plane') === 'false') return undefined
  const text = machine.text(flagValue(kubelite.args, flag) || `${SNAP_DATA}/args/${component}`)
  const lines = (text ?? '').split('\n').filter((line) => /^\s*-/.test(line))
  const args = lines.flatMap((line) => expand(line).trim().split(/\s+/))
  return { ...kubelite, program: component, args: [component, ...args], isWhole: text !== undefined }
}

function expand(line: string): string {
  return line
    .replaceAll(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (all, braced?: string, bare?: string) => VARIABLES[braced ?? bare ?? ''] ?? all,
    )
    .replaceAll(/["']/g, '')
}
