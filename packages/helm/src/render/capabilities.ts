/** What templates know as `.Capabilities`. */
import { type GoFunction, List, type Value } from '@kubescape/go-template'
import type { KubeVersion } from './kube-version.ts'
import { Record } from './record.ts'

/** APIs that Helm takes for granted without a cluster. */
const DEFAULT_APIS: readonly string[] = [
  'v1',
  'admissionregistration.k8s.io/v1',
  'admissionregistration.k8s.io/v1alpha1',
  'admissionregistration.k8s.io/v1beta1',
  'internal.apiserver.k8s.io/v1alpha1',
  'apps/v1',
  'apps/v1beta1',
  'apps/v1beta2',
  'authentication.k8s.io/v1',
  'authentication.k8s.io/v1alpha1',
  'authentication.k8s.io/v1beta1',
  'authorization.k8s.io/v1',
  'authorization.k8s.io/v1beta1',
  'autoscaling/v1',
  'autoscaling/v2',
  'autoscaling/v2beta1',
  'autoscaling/v2beta2',
  'batch/v1',
  'batch/v1beta1',
  'certificates.k8s.io/v1',
  'certificates.k8s.io/v1beta1',
  'certificates.k8s.io/v1alpha1',
  'coordination.k8s.io/v1alpha2',
  'coordination.k8s.io/v1beta1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1',
  'events.k8s.io/v1beta1',
  'extensions/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1beta2',
  'flowcontrol.apiserver.k8s.io/v1beta3',
  'networking.k8s.io/v1',
  'networking.k8s.io/v1beta1',
  'node.k8s.io/v1',
  'node.k8s.io/v1alpha1',
  'node.k8s.io/v1beta1',
  'policy/v1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1',
  'rbac.authorization.k8s.io/v1alpha1',
  'resource.k8s.io/v1',
  'resource.k8s.io/v1beta2',
  'resource.k8s.io/v1beta1',
  'resource.k8s.io/v1alpha3',
  'scheduling.k8s.io/v1alpha1',
  'scheduling.k8s.io/v1beta1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1beta1',
  'storage.k8s.io/v1',
  'storage.k8s.io/v1alpha1',
  'storagemigration.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1',
]

/** The version of Helm that templates see. */
const HELM_VERSION = new Record('version.BuildInfo', {
  Version: 'v3.20',
  GitCommit: '',
  GitTreeState: '',
  GoVersion: 'go1.26.8',
})

/** The APIs of a cluster; templates ask `.Has`. */
export class VersionSet extends List {
  readonly has: GoFunction = {
    parameters: ['string'],
    call: ([api]) => this.items.includes(api),
  }
}

/** The capabilities of a cluster, with Kubernetes' own APIs and `apiVersions`. */
export function capabilities(kubeVersion: KubeVersion, apiVersions: readonly string[]): Value {
  const { version, major, minor } = kubeVersion
  const text: GoFunction = { parameters: [], call: () => version }
  return new Record('*chartutil.Capabilities', {
    KubeVersion: new Record(
      'chartutil.KubeVersion',
      { Version: version, Major: major, Minor: minor },
      {
        text: () => version,
        methods: new Map([
          ['String', text],
          ['GitVersion', text],
        ]),
      },
    ),
    APIVersions: new VersionSet([...DEFAULT_APIS, ...apiVersions], 'string'),
    HelmVersion: HELM_VERSION,
  })
}
