/** Rights of a scan beside those to list what it judges: exceptions that the cluster keeps, and collecting facts of nodes. */
import { accessReview, type AccessAnswer, type AccessQuestion } from '@kubescape/cluster'
import { EXCEPTION_MAP, EXCEPTION_TYPES, type Needs } from '@kubescape/scanner'
import { hostScanRights, wantsNodeFacts } from '@kubescape/sources'

import type { OpenCluster } from './inputs/cluster-input.ts'
import type { ScanOptions } from './options.ts'

/** Something that the scan may not do. */
export interface OtherGap {
  readonly state: 'denied' | 'not checked'
  /** What may not be done, such as `create jobs.batch in tools`. */
  readonly right: string
  /** What the scan does it for. */
  readonly purpose: 'exceptions of the cluster' | 'facts of nodes'
}

/** Asks about all of it that these options need. */
export async function findOtherGaps(
  { client, discovery }: OpenCluster,
  options: Pick<ScanOptions, 'hostScan' | 'includeNamespaces'>,
  needs: Needs,
  signal: AbortSignal,
): Promise<OtherGap[]> {
  const { hostScan, includeNamespaces } = options
  const { use, image, namespace, asksMetadataService } = hostScan
  const collects = use === 'collect' && image !== undefined && wantsNodeFacts(needs, asksMetadataService)
  const isServed = (group: string, kind: string): boolean =>
    discovery.resources.some((each) => each.group === group && each.kind === kind)
  const types = EXCEPTION_TYPES.filter(({ group, kind }) => isServed(group, kind))
  const wide = types.map(({ group, plural }) => ({ verb: 'list', group, resource: plural }))
  const map = {
    verb: 'list',
    group: '',
    resource: 'configmaps',
    name: EXCEPTION_MAP.name,
    namespace: process.env['KS_DEFAULT_CONFIGMAP_NAMESPACE'] || EXCEPTION_MAP.namespace,
  }
  const rights = collects ? hostScanRights(namespace) : []
  const [ofExceptions, ofFacts] = await Promise.all([
    accessReview(client, [map, ...wide], signal),
    accessReview(client, rights.flatMap(asQuestions), signal),
  ])
  // Where they may not be read everywhere, those of the namespaces that are scanned have to do.
  const narrow = ofExceptions.filter(
    ({ question: { resource }, isAllowed }) =>
      isAllowed === false && types.some(({ plural, namespaced }) => plural === resource && namespaced),
  )
  const inNamespaces =
    includeNamespaces.length === 0
      ? narrow
      : await accessReview(
          client,
          narrow.flatMap(({ question }) => includeNamespaces.map((each) => ({ ...question, namespace: each }))),
          signal,
        )
  return [
    ...gapsOf(
      [...ofExceptions.filter((answer) => !narrow.includes(answer)), ...inNamespaces],
      'exceptions of the cluster',
    ),
    ...gapsOf(ofFacts, 'facts of nodes'),
  ]
}

function asQuestions({ verbs, ...rest }: ReturnType<typeof hostScanRights>[number]): AccessQuestion[] {
  return verbs.map((verb) => ({ ...rest, verb }))
}

/** One for each type and place, with all of its verbs. */
function gapsOf(answers: readonly AccessAnswer[], purpose: OtherGap['purpose']): OtherGap[] {
  const missing = answers.filter(({ isAllowed }) => isAllowed !== true)
  const groups = Map.groupBy(missing, ({ question, isAllowed }) => `${isAllowed} ${whatOf(question)}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const verbs = group.map(({ question }) => question.verb).join(', ')
    const state = first.isAllowed === false ? 'denied' : 'not checked'
    return [{ state, right: `${verbs} ${whatOf(first.question)}`, purpose } as const]
  })
}

function whatOf({ group, resource, name, namespace }: AccessQuestion): string {
  const type = group === '' ? resource : `${resource}.${group}`
  return [type, ...(name === undefined ? [] : [name]), ...(namespace === undefined ? [] : [`in ${namespace}`])].join(
    ' ',
  )
}
