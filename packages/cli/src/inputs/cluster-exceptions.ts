/** Exceptions that a cluster keeps itself: SecurityExceptions, and a file of exceptions in a ConfigMap. */
import { ClusterError, listObjects, type ApiResource, type ListOptions } from '@kubescape/cluster'
import type { ValueMap } from '@kubescape/resources'
import type { PolicyDegradation, ScanProblem } from '@kubescape/results'
import { EXCEPTION_MAP, EXCEPTION_TYPES, loadExceptionForms, type ExceptionRule } from '@kubescape/scanner'

import type { ClusterPart, OpenCluster } from './cluster-input.ts'
import type { Input } from './input.ts'

/** What a cluster accepts, as far as that could be read. */
export interface ClusterExceptions {
  readonly rules: readonly ExceptionRule[]
  readonly problems: readonly ScanProblem[]
  readonly degradations: readonly PolicyDegradation[]
}

/** More objects of a type are not read. */
const MOST_OBJECTS = 10_000
const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true }
const HINT =
  'What it accepts is judged as if nobody had accepted it. `kubescape rbac generate` prints the rights for it.'

/**
 * Reads them. What cannot be read is a problem and a degradation: nothing is accepted that nobody has seen, and the report
 * must say that something may have been.
 */
export async function readClusterExceptions(
  cluster: OpenCluster,
  { includeNamespaces }: Pick<ClusterPart, 'includeNamespaces'>,
  signal: AbortSignal,
): Promise<ClusterExceptions> {
  const problems: ScanProblem[] = []
  const degradations: PolicyDegradation[] = []
  const fail = (what: string, why: string): void => {
    const reason = `exceptions of ${what} could not be read: ${why}`
    problems.push({ code: 'exceptions/unread', message: reason, hint: HINT })
    degradations.push({ component: 'exceptions', reason })
  }
  const attempt = async (what: string, read: () => Promise<ValueMap[]>): Promise<ValueMap[]> => {
    try {
      return await read()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ClusterError)) throw error
      fail(what, error.message)
      return []
    }
  }
  for (const { groupVersion, error } of cluster.discovery.failures) {
    if (groupVersion.split('/')[0] === EXCEPTION_TYPES[0]?.group) fail(groupVersion, error)
  }
  const namespace = process.env['KS_DEFAULT_CONFIGMAP_NAMESPACE'] || EXCEPTION_MAP.namespace
  const fieldSelector = `metadata.name=${EXCEPTION_MAP.name}`
  const read = await Promise.all([
    attempt(`ConfigMap ${namespace}/${EXCEPTION_MAP.name}`, () =>
      list(cluster, { ...CONFIG_MAPS, isPreferred: true, verbs: [] }, { namespace, fieldSelector, signal }),
    ),
    ...typesOf(cluster).map((type) => attempt(type.plural, () => listWithin(cluster, type, includeNamespaces, signal))),
  ])
  const objects = read.flat()
  if (objects.length === 0) return { rules: [], problems, degradations }
  const { readExceptionObjects } = await loadExceptionForms()
  const { rules, problems: found } = readExceptionObjects(objects)
  for (const { severity, code, message, hint } of found) {
    if (code === 'exceptions/unknown-control') continue
    problems.push({ code, message, ...(hint === undefined ? {} : { hint }) })
    if (severity === 'error') degradations.push({ component: 'exceptions', reason: message })
  }
  return { rules, problems, degradations }
}

/** The input with what its cluster accepts. */
export function withExceptions(input: Input, { rules, problems, degradations }: ClusterExceptions): Input {
  const { source } = input
  return {
    ...input,
    exceptions: rules,
    source: {
      resources: (needs) => source.resources(needs),
      coverage: () => {
        const read = source.coverage()
        return {
          ...read,
          problems: [...problems, ...read.problems],
          policyDegradations: [...degradations, ...(read.policyDegradations ?? [])],
        }
      },
    },
    get namedProblems() {
      return input.namedProblems
    },
    requireResources: (report) => input.requireResources(report),
    close: () => input.close(),
  }
}

/** The types that the server has, each in one version; where they are not defined there are none. */
function typesOf({ discovery }: OpenCluster): ApiResource[] {
  return EXCEPTION_TYPES.flatMap(({ group, kind }) => {
    const served = discovery.resources.filter((each) => each.group === group && each.kind === kind)
    return served.find(({ isPreferred }) => isPreferred) ?? served.slice(0, 1)
  })
}

/** All objects of a type; those of the wanted namespaces where no others may be read. */
async function listWithin(
  cluster: OpenCluster,
  type: ApiResource,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<ValueMap[]> {
  try {
    return await list(cluster, type, { signal })
  } catch (error) {
    if (!type.namespaced || namespaces.length === 0 || !(error instanceof ClusterError)) throw error
    const each = await Promise.all(namespaces.map((namespace) => list(cluster, type, { namespace, signal })))
    return each.flat()
  }
}

async function list({ client }: OpenCluster, type: ApiResource, options: ListOptions): Promise<ValueMap[]> {
  const objects: ValueMap[] = []
  for await (const object of listObjects(client, type, options)) {
    if (objects.length === MOST_OBJECTS) {
      throw new ClusterError('cluster/too-many', `there are more than ${MOST_OBJECTS}`)
    }
    objects.push(object)
  }
  return objects
}
