/** A cluster with what is known of it from elsewhere. */
import { describe, expect, test } from 'vitest'

import { identityOf, matching, type Match, type Resource, type ValueMap } from '@kubescape/resources'

import { JoinedSource, objectsPart, type Part, type PartCoverage } from './joined-source.ts'
import { NodeRoll } from './node-roll.ts'

const object = (apiVersion: string, kind: string, name: string): Resource => {
  const content: ValueMap = { apiVersion, kind, metadata: { name } }
  return { identity: identityOf(content)!, object: content }
}
const node = (name: string): Resource => object('v1', 'Node', name)
const fact = (name: string, kind = 'KubeletInfo'): Resource => object('hostdata.kubescape.cloud/v1beta0', kind, name)
const description = object('eks.amazonaws.com/v1', 'ClusterDescribe', 'shop')

/** What a scan asks for; `more` stands for whatever else it says. */
interface Wanted {
  readonly judged: readonly Match[]
  readonly joined: readonly Match[]
  readonly more: string
}

const wanted = (...judged: readonly Match[]): Wanted => ({ judged, joined: [], more: 'more' })
const unreadNodes = { group: '', version: 'v1', kind: 'Node', resource: 'nodes', error: 'forbidden' }

/** A cluster that gives what is asked for. */
function cluster(
  resources: readonly Resource[],
  unreadTypes: PartCoverage['unreadTypes'] = [],
): Part<Wanted> & { asked: Match[]; others: string[] } {
  const asked: Match[] = []
  const others: string[] = []
  return {
    asked,
    others,
    async *resources({ judged, joined, more }) {
      asked.push(...judged, ...joined)
      others.push(more)
      const kinds = [...judged, ...joined].flatMap((match) => match.kinds)
      yield* resources.filter(({ identity }) => kinds.includes(identity.kind))
    },
    coverage: () => ({
      documents: { files: 0, unreadableFiles: 0, read: resources.length, unread: 0, notNeeded: 1, ignored: 0 },
      unreadTypes,
      problems: [{ code: 'cluster/some', message: 'some' }],
    }),
  }
}

interface Read {
  readonly names: string[]
  readonly coverage: ReturnType<JoinedSource<Wanted>['coverage']>
}

async function read(parts: readonly Part<Wanted>[], ...judged: readonly Match[]): Promise<Read> {
  const source = new JoinedSource(parts)
  const names = (await Array.fromAsync(source.resources(wanted(...judged)))).map(
    ({ identity }) => `${identity.kind}/${identity.name}`,
  )
  return { names, coverage: source.coverage() }
}

test('sources are read one after another, and their coverage is one', async () => {
  const files = objectsPart([fact('a'), description], [{ code: 'sources/other', message: 'other' }])
  const { names, coverage } = await read([cluster([node('a')], [unreadNodes]), files], matching('v1', 'Node'))
  expect(names).toEqual(['Node/a', 'KubeletInfo/a', 'ClusterDescribe/shop'])
  expect(coverage).toEqual({
    documents: { files: 0, unreadableFiles: 0, read: 3, unread: 0, notNeeded: 1, ignored: 0 },
    unreadTypes: [unreadNodes],
    nodes: [],
    problems: [
      { code: 'cluster/some', message: 'some' },
      { code: 'sources/other', message: 'other' },
    ],
  })
})

describe('the nodes of a cluster with facts', () => {
  const rolled = (live: Part<Wanted>, facts: readonly Resource[]): Part<Wanted>[] => {
    const roll = new NodeRoll()
    return [roll.cluster(live), roll.facts(objectsPart(facts, []))]
  }

  test('are read, whoever else wants them, to say which of them nobody told of', async () => {
    const live = cluster(['a', 'b', 'c'].map(node))
    const { names, coverage } = await read(rolled(live, [fact('a'), fact('a', 'CNIInfo')]), matching('v1', 'Pod'))
    expect(names).toEqual(['Node/a', 'Node/b', 'Node/c', 'KubeletInfo/a', 'CNIInfo/a'])
    expect(live.asked).toEqual([matching('v1', 'Pod'), matching('v1', 'Node')])
    expect(live.others).toEqual(['more'])
    expect(coverage.problems).toMatchObject([
      { code: 'cluster/some' },
      { code: 'sources/node-without-facts', message: 'no facts of 2 of 3 nodes: b, c' },
    ])
  })

  test('are asked for beside all that the scan asks for', async () => {
    let asked: Wanted | undefined
    const live: Part<Wanted> = {
      // oxlint-disable-next-line require-yield -- a cluster without objects
      async *resources(each) {
        asked = each
      },
      coverage: () => cluster([]).coverage(),
    }
    const whole = { ...wanted(matching('v1', 'Pod')), across: [matching('v1', 'Service')] }
    await Array.fromAsync(new JoinedSource(rolled(live, [fact('a')])).resources(whole))
    expect(asked).toEqual({ ...whole, joined: [matching('v1', 'Node')] })
  })

  test('are all asked for, whichever of them are judged', async () => {
    let asked: Wanted | undefined
    const live: Part<Wanted> = {
      // oxlint-disable-next-line require-yield -- a cluster without objects
      async *resources(each) {
        asked = each
      },
      coverage: () => cluster([]).coverage(),
    }
    await Array.fromAsync(new JoinedSource(rolled(live, [fact('a')])).resources(wanted(matching('v1', 'Node'))))
    expect(asked?.joined).toEqual([matching('v1', 'Node')])
  })

  test('are the only ones whose facts count', async () => {
    const { names, coverage } = await read(rolled(cluster([node('a')]), [fact('a'), fact('x'), description]))
    expect(names).toEqual(['Node/a', 'KubeletInfo/a', 'ClusterDescribe/shop'])
    expect(coverage.problems).toMatchObject([
      { code: 'cluster/some' },
      { code: 'sources/unknown-node', message: expect.stringMatching(/not judged: x$/) as string },
    ])
  })

  test('are compared with nothing where they could not be read, which the coverage says', async () => {
    const { names, coverage } = await read(rolled(cluster([node('a')], [unreadNodes]), [fact('x')]))
    expect(names).toEqual(['Node/a', 'KubeletInfo/x'])
    expect(coverage.problems).toHaveLength(1)
    expect(coverage.unreadTypes).toEqual([unreadNodes])
  })

  test('need not be readable where there is nothing to compare them with', async () => {
    const { coverage } = await read(rolled(cluster([], [unreadNodes]), [description]))
    expect(coverage.unreadTypes).toEqual([])
    const asked = await read(rolled(cluster([], [unreadNodes]), [description]), matching('v1', 'Node'))
    expect(asked.coverage.unreadTypes).toEqual([unreadNodes])
  })
})
