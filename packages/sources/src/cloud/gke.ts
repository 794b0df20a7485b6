/** GKE: what to ask gcloud, and what its answers make. */
import { asMap, asText, field, type Value, type ValueMap } from '@kubescape/resources'

import { namesOf, providerIds } from './cluster-facts.ts'
import { cloudObject, malformed, nothing, type Built, type CloudService, type Description } from './cloud-service.ts'
import { PlaceParts, whole } from './place-parts.ts'
import { renameMap, snakeCase, type Renaming } from './renamed-keys.ts'

/** Where a cluster is in Google Cloud. */
export interface GkePlace {
  readonly name: string
  readonly project: string
  /** A region or a zone. */
  readonly location: string
}

const isName = whole(/^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
const isProject = whole(/^(?:[a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
const isLocation = whole(/^[a-z]+(?:-[a-z0-9]+){1,3}$/)
/** As `gcloud container clusters get-credentials` names clusters and contexts. */
const CONTEXT = /^gke_(?<project>[^_]+)_(?<location>[^_]+)_(?<name>[^_]+)$/
const MACHINE = /^gce:\/\/(?<project>[^/]+)\//

/** The fields that checks read are those of the protocol, in small letters with underscores. */
const PROTOCOL: Renaming = {
  key: snakeCase,
  keep: new Set(['labels', 'metadata', 'resourceLabels', 'tags', 'sysctls', 'maintenanceExclusions']),
  // Certificates, and on old clusters a key and a password.
  drop: new Set(['masterAuth']),
}

/** Google's Kubernetes. */
export const GKE: CloudService<GkePlace> = {
  cloud: 'gke',
  service: 'GKE',
  program: 'gcloud',
  programName: 'the gcloud CLI',
  signIn: 'gcloud auth login',
  incomplete: /failed to list/i,

  locate(facts) {
    const { env } = facts
    const names = namesOf(facts)
    const texts = [env['KS_KUBE_CLUSTER'] ?? '', ...names]
    const partsOf = (part: string): (string | undefined)[] => texts.map((text) => CONTEXT.exec(text)?.groups?.[part])
    const parts = new PlaceParts(env)
    const place = {
      name: parts.pick({
        what: 'name',
        read: (text) => isName(CONTEXT.exec(text)?.groups?.['name'] ?? text),
        variables: ['KS_KUBE_CLUSTER'],
        guesses: [...partsOf('name'), ...names],
      }),
      project: parts.pick({
        what: 'project',
        read: isProject,
        variables: ['KS_GKE_PROJECT'],
        guesses: [...partsOf('project'), ...providerIds(facts).map((id) => MACHINE.exec(id)?.groups?.['project'])],
      }),
      location: parts.pick({
        what: 'region or zone',
        read: isLocation,
        variables: ['KS_CLOUD_REGION'],
        guesses: partsOf('location'),
      }),
    }
    return parts.problem('GKE') ?? place
  },

  describe: ({ name, project, location }) => [
    'container',
    'clusters',
    'describe',
    name,
    ...placeArgs(project, location),
  ],

  read(answer): Description | undefined {
    const cluster = asMap(answer)
    const name = asText(cluster?.['name'])
    if (cluster === undefined || name === undefined) return undefined
    return { name, data: renameMap(cluster, PROTOCOL), hosts: hostsOf(cluster) }
  },

  questions: ({ project }, { name }) => [
    {
      asks: [['artifacts', 'repositories', 'list', ...placeArgs(project, 'all')]],
      build: ([answer]) => (answer === undefined ? NOTHING : repositories(answer, name)),
    },
    {
      asks: [['projects', 'get-iam-policy', project, '--format', 'json', '--quiet']],
      build: ([answer]) => (answer === undefined ? NOTHING : bindings(answer, name)),
    },
  ],
}

function placeArgs(project: string, location: string): string[] {
  return ['--project', project, '--location', location, '--format', 'json', '--quiet']
}

const NOTHING: Built = { resources: [], problems: [] }

function hostsOf(cluster: ValueMap): string[] {
  const endpoints = field(cluster, 'controlPlaneEndpointsConfig')
  return [
    cluster['endpoint'],
    field(cluster, 'privateClusterConfig', 'publicEndpoint'),
    field(cluster, 'privateClusterConfig', 'privateEndpoint'),
    field(endpoints, 'dnsEndpointConfig', 'endpoint'),
    field(endpoints, 'ipEndpointsConfig', 'publicEndpoint'),
    field(endpoints, 'ipEndpointsConfig', 'privateEndpoint'),
  ].map((host) => (asText(host) ?? '').toLowerCase())
}

/** Repositories of images, with what the registry says of their scanning as the field that checks read. */
function repositories(answer: Value, name: string): Built {
  if (!Array.isArray(answer)) return malformed('gcloud artifacts', 'the repositories of Artifact Registry')
  const images = answer.map(asMap).filter((entry) => entry !== undefined && entry['format'] === 'DOCKER')
  if (images.length === 0) {
    return nothing(
      'cloud/no-repositories',
      'Artifact Registry has no repository of images in this project: whether images are scanned was not judged',
      'If the images come from another project, name a DescribeRepositories object of it by --facts.',
    )
  }
  const states = images.map((entry) => asText(field(entry, 'vulnerabilityScanningConfig', 'enablementState')))
  if (states.includes(undefined)) {
    return nothing(
      'cloud/malformed-answer',
      'gcloud artifacts does not tell of every repository whether its images are scanned',
      'Update gcloud; the controls that need it are not evaluated.',
    )
  }
  const registries = images.map((entry, at): Value => {
    const config = asMap(field(entry, 'vulnerabilityScanningConfig')) ?? {}
    return {
      ...entry,
      vulnerabilityScanningConfig: { ...config, enableVulnerabilityScanning: states[at] === 'SCANNING_ACTIVE' },
    }
  })
  return { resources: [cloudObject('gke', 'DescribeRepositories', name, { registries })], problems: [] }
}

function bindings(answer: Value, name: string): Built {
  const list = field(answer, 'bindings')
  if (!Array.isArray(list)) return malformed('gcloud projects', 'the IAM policy of the project')
  return { resources: [cloudObject('gke', 'ListEntitiesForPolicies', name, { bindings: list })], problems: [] }
}
