/** table: policies about volumes, mounts and Secrets. */
import {
  ALL_CONTAINERS,
  everyContainer,
  setting,
  VOLUMES,
  WITH_INIT,
  WORKLOADS,
  type LibraryPolicy,
} from './library-policy.ts'

/** Sockets of container runtimes. */
const SOCKETS = [
  '/var/run/docker.sock',
  '/var/run/docker',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/var/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/var/run/crio/crio.sock',
]

/** Where cloud providers keep credentials on nodes. */
const CREDENTIALS = {
  eks: ['/.aws/', '/.aws/config/', '/.aws/credentials/'],
  aks: ['/etc/', '/etc/kubernetes/', '/etc/kubernetes/azure.json/', '/.azure/', '/.azure/credentials/'],
  gke: [
    '/.config/',
    '/.config/gcloud/',
    '/.config/gcloud/application_default_credentials.json/',
    '/gcloud/',
    '/gcloud/application_default_credentials.json/',
  ],
} as const

const texts = (list: readonly string[]): string => `[${list.map((text) => `'${text}'`).join(', ')}]`

const MOUNTED =
  'variables.containers.exists(container, container.?volumeMounts.orValue([]).exists(mount, mount.name == volume.name))'

export const VOLUME_POLICIES: readonly LibraryPolicy[] = [
  {
    control: 'C-0020',
    name: 'mounted-cloud-credentials',
    types: WORKLOADS,
    hasParams: true,
    variables: [
      ...WITH_INIT,
      ...VOLUMES.slice(1),
      {
        name: 'credentials',
        expression: [
          `{${Object.entries(CREDENTIALS)
            .map(([provider, paths]) => `'${provider}': ${texts(paths)}`)
            .join(', ')}}`,
          `[?${setting('cloudProvider')}.orValue('')].orValue([])`,
        ].join(''),
      },
    ],
    validations: [
      {
        expression: `!variables.volumes.exists(volume, (volume.?hostPath.?path.orValue('') + (volume.?hostPath.?path.orValue('').endsWith('/') ? '' : '/')) in variables.credentials && ${MOUNTED})`,
        message: 'No container may mount credentials of the cloud provider from its node.',
      },
    ],
  },
  {
    control: 'C-0045',
    name: 'writable-host-path',
    types: WORKLOADS,
    variables: [
      ...WITH_INIT,
      ...VOLUMES.slice(1),
      {
        name: 'hostVolumes',
        expression: 'variables.volumes.filter(volume, has(volume.hostPath)).map(volume, volume.name)',
      },
    ],
    validations: [
      everyContainer(
        'container.?volumeMounts.orValue([]).all(mount, !(mount.name in variables.hostVolumes) || mount.?readOnly.orValue(false) == true)',
        'Mounts of hostPath volumes need readOnly: true.',
      ),
    ],
  },
  {
    control: 'C-0048',
    name: 'host-path',
    types: WORKLOADS,
    variables: VOLUMES,
    validations: [
      {
        expression: 'variables.volumes.all(volume, !has(volume.hostPath))',
        message: 'The pod must not have hostPath volumes.',
      },
    ],
  },
  {
    control: 'C-0074',
    name: 'container-runtime-socket',
    types: WORKLOADS,
    variables: VOLUMES,
    validations: [
      {
        expression: `variables.volumes.all(volume, !(volume.?hostPath.?path.orValue('') in ${texts(SOCKETS)}))`,
        message: 'The pod must not mount the socket of the container runtime.',
      },
    ],
  },
  {
    control: 'C-0207',
    name: 'secrets-in-environment',
    types: WORKLOADS,
    variables: ALL_CONTAINERS,
    validations: [
      everyContainer(
        'container.?env.orValue([]).all(entry, !entry.?valueFrom.?secretKeyRef.hasValue())',
        'Secrets belong in files, not in environment variables.',
      ),
    ],
  },
  {
    control: 'C-0234',
    name: 'external-secret-storage',
    types: WORKLOADS,
    variables: VOLUMES,
    validations: [
      {
        expression:
          "variables.volumes.exists(volume, volume.?csi.?driver.orValue('') == 'secrets-store.csi.k8s.io' && volume.?csi.?volumeAttributes.?secretProviderClass.orValue('') != '')",
        message: 'Secrets should come from a store outside of the cluster, by the driver secrets-store.csi.k8s.io.',
      },
    ],
  },
]
