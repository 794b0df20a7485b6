/** Ensure that the admission control plugin NamespaceLifecycle is set. */
import { listExcludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0126',
  name: 'Ensure that the admission control plugin NamespaceLifecycle is set',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The plug-in `NamespaceLifecycle` is switched off. Objects can be made in namespaces that do not exist or are being deleted, and `kube-system` and `default` can be deleted.',
  repair:
    'Remove `NamespaceLifecycle` from `--disable-admission-plugins`. Then look for objects left over in namespaces that are gone.',
  references: ['admissionControllers', 'namespaces'],
  checks: [
    listExcludes({
      name: 'ensure-that-the-admission-control-plugin-NamespaceLifecycle-is-set',
      component: API_SERVER,
      flag: '--disable-admission-plugins',
      entry: 'NamespaceLifecycle',
    }),
  ],
})
