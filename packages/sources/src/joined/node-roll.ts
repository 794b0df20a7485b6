/** Compares the nodes of a cluster with those that facts tell of: a node without facts must not look like one that is fine. */
import { matches, matching, type Match, type Resource } from '@kubescape/resources'

import type { Part, PartCoverage } from './joined-source.ts'

/** What is looked at of what a scan asks of a cluster. */
interface Types {
  readonly judged: readonly Match[]
  readonly joined: readonly Match[]
}

/** The group of everything that a node says of itself. */
const NODE_FACTS = 'hostdata.kubescape.cloud'
const NODE = { group: '', version: 'v1', kind: 'Node' }
const MOST_NAMES = 5

/** Watches a cluster and then its facts go by. */
export class NodeRoll {
  readonly #nodes = new Set<string>()
  readonly #told = new Set<string>()
  readonly #strangers = new Set<string>()
  /** True when nobody but this roll asked for the nodes. */
  #isAlone = false
  /** True when all nodes are known. */
  #isComplete = false

  /** The cluster, whose nodes are read in any case. Is read before the facts. */
  cluster<Wanted extends Types>(part: Part<Wanted>): Part<Wanted> {
    return {
      resources: (wanted) => this.#watchNodes(part, wanted),
      coverage: () => this.#withoutOwn(part.coverage()),
    }
  }

  /** The facts; those of nodes that the cluster does not have are left out. */
  facts<Wanted>(part: Part<Wanted>): Part<Wanted> {
    return {
      resources: (wanted) => this.#watchFacts(part, wanted),
      coverage: () => {
        const read = part.coverage()
        return { ...read, problems: [...read.problems, ...this.#problems()] }
      },
    }
  }

  async *#watchNodes<Wanted extends Types>(part: Part<Wanted>, wanted: Wanted): AsyncGenerator<Resource> {
    this.#isAlone = !matches([...wanted.judged, ...wanted.joined], NODE)
    // All of them, whichever are judged. Whatever else is asked goes on to the cluster as it is.
    const isJoined = matches(wanted.joined, NODE)
    const asked = isJoined ? wanted : { ...wanted, joined: [...wanted.joined, matching('v1', 'Node')] }
    for await (const resource of part.resources(asked)) {
      const { group, kind, name } = resource.identity
      if (group === '' && kind === 'Node') this.#nodes.add(name)
      yield resource
    }
    this.#isComplete = this.#nodes.size > 0 && !part.coverage().unreadTypes?.some(isNode)
  }

  async *#watchFacts<Wanted>(part: Part<Wanted>, wanted: Wanted): AsyncGenerator<Resource> {
    for await (const resource of part.resources(wanted)) {
      const { group, name } = resource.identity
      if (group === NODE_FACTS) {
        if (this.#isComplete && !this.#nodes.has(name)) {
          this.#strangers.add(name)
          continue
        }
        this.#told.add(name)
      }
      yield resource
    }
  }

  /** That the nodes could not be read matters to nobody when there is nothing to compare them with. */
  #withoutOwn(read: PartCoverage): PartCoverage {
    if (!this.#isAlone || this.#told.size > 0) return read
    return { ...read, unreadTypes: (read.unreadTypes ?? []).filter((type) => !isNode(type)) }
  }

  #problems(): PartCoverage['problems'] {
    const missing =
      this.#told.size > 0 && this.#isComplete ? [...this.#nodes].filter((name) => !this.#told.has(name)) : []
    return [
      ...(missing.length > 0
        ? [
            {
              code: 'sources/node-without-facts',
              message: `no facts of ${missing.length} of ${this.#nodes.size} nodes: ${listed(missing)}`,
              hint: 'Controls about nodes are judged by the others; run kubescape node-facts there too.',
            },
          ]
        : []),
      ...(this.#strangers.size > 0
        ? [
            {
              code: 'sources/unknown-node',
              message: `facts of nodes that the cluster does not have were not judged: ${listed([...this.#strangers])}`,
              hint: 'They are of another cluster, or kubescape node-facts needs --node-name with the name that kubectl get nodes shows.',
            },
          ]
        : []),
    ]
  }
}

function isNode({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
  return group === NODE.group && kind === NODE.kind
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
