/** What a collection of facts makes in a cluster: as few objects with as few rights as will do. Nothing here talks to anybody. */
import type { ValueMap } from '@kubescape/resources'

import { JOB_LABEL, runAnnotations, runLabels, type HostScanRun } from './run.ts'

/** A node to collect facts of. */
export interface NodeJob {
  /** What its objects are called. */
  readonly name: string
  readonly node: string
}

/** The Job that owns what a node's Pod needs, and takes it along when it goes. */
export interface JobOwner {
  readonly uid: string
}

/** How long a finished Job stays for its result to be fetched. After that Kubernetes removes it, and all that it owns. */
const KEPT_SECONDS = 300
/** Least life of a token (Kubernetes, "Service account token volume projection"). */
const TOKEN_SECONDS = 600

const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The namespace of a run. Its Pods mount a directory of the node, which only the level `privileged` allows. */
export function namespaceManifest(run: HostScanRun): ValueMap {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: run.namespace,
      labels: { ...runLabels(run.id), 'pod-security.kubernetes.io/enforce': 'privileged' },
      annotations: runAnnotations(run),
    },
  }
}

/**
 * What the Pod of a node acts with: an account that may fill one Secret, which is there already. It may neither read it nor make
 * another, so a node in wrong hands can speak for itself only.
 */
export function companionManifests(run: HostScanRun, job: NodeJob, owner?: JobOwner): ValueMap[] {
  const metadata = metadataOf(run, job, owner)
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [job.name], verbs: ['patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: job.name },
      subjects: [{ kind: 'ServiceAccount', name: job.name, namespace: run.namespace }],
    },
    // Facts tell where a node is weak: who may view a namespace sees its ConfigMaps, but not its Secrets.
    { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubescape.io/node-facts' },
  ]
}

/** The Job of a node. It waits (`suspend`) until it is told that all that its Pod needs is there. */
export function jobManifest(run: HostScanRun, job: NodeJob, suspend: boolean): ValueMap {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(run, job),
    spec: {
      ...(suspend ? { suspend } : {}),
      parallelism: 1,
      completions: 1,
      // A Pod that failed stays to be asked why.
      backoffLimit: 0,
      activeDeadlineSeconds: run.deadlineSeconds,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels: { ...runLabels(run.id), [JOB_LABEL]: job.name } },
        spec: podSpec(run, job),
      },
    },
  }
}

function metadataOf(run: HostScanRun, { name, node }: NodeJob, owner?: JobOwner): ValueMap {
  return {
    name,
    namespace: run.namespace,
    labels: runLabels(run.id),
    annotations: { ...runAnnotations(run), 'kubescape.io/node': node },
    ...(owner === undefined
      ? {}
      : { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: owner.uid }] }),
  }
}

function podSpec(run: HostScanRun, { name, node }: NodeJob): ValueMap {
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 5,
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    // As a DaemonSet does it: the scheduler still sees to it that the node has room.
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
        },
      },
    },
    tolerations: [{ operator: 'Exists' }],
    // User 0 without any capability reads what belongs to root or is open to all, and nothing that others keep to themselves.
    securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'node-facts',
        image: run.image,
        command: [
          'kubescape',
          'node-facts',
          '--root',
          '/host',
          '--node-name',
          '$(NODE_NAME)',
          '--publish',
          `${run.namespace}/${name}`,
          ...(run.asksMetadataService ? ['--metadata-service'] : []),
        ],
        env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
        // What it said last is the reason that is told when it fails.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        resources: {
          requests: { cpu: '20m', memory: '96Mi', 'ephemeral-storage': '1Mi' },
          limits: { cpu: '1', memory: '384Mi', 'ephemeral-storage': '32Mi' },
        },
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'host', mountPath: '/host', readOnly: true, recursiveReadOnly: 'IfPossible' },
          { name: 'token', mountPath: TOKEN_FOLDER, readOnly: true },
        ],
      },
    ],
    volumes: [{ name: 'host', hostPath: { path: '/', type: 'Directory' } }, tokenVolume()],
  }
}

/** What Kubernetes would mount by itself, with the shortest life that a token can have. */
function tokenVolume(): ValueMap {
  return {
    name: 'token',
    projected: {
      defaultMode: 0o400,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: TOKEN_SECONDS } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  }
}
