/** Several sources as one: their resources one after another, and what could be read of all of them. */
import type { Identity, Match, Resource } from '@kubescape/resources'

/** What a scan asks of a source. */
export interface Wanted {
  kind(kind: string): boolean
  readonly judged: readonly Match[]
  readonly joined: readonly Match[]
  readonly across: readonly Match[]
  metadataOnly(type: Pick<Identity, 'group' | 'version' | 'kind'>): boolean
}

interface Counts {
  readonly files: number
  readonly unreadableFiles: number
  readonly read: number
  readonly unread: number
  readonly notNeeded: number
  readonly ignored: number
}

interface ProblemLine {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

interface UnreadPart {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly resource: string
  readonly error: string
  readonly partOf?: string
  readonly elsewhere?: true
}

interface NodePart {
  readonly name: string
  readonly facts: number
  readonly unread: readonly { readonly path: string; readonly why: string }[]
  readonly reason?: string
}

/** What became of the reading of a source. */
export interface PartCoverage {
  readonly documents: Counts
  readonly unreadTypes?: readonly UnreadPart[]
  readonly nodes?: readonly NodePart[]
  readonly problems: readonly ProblemLine[]
}

/** A source among others. */
export interface Part {
  resources(wanted: Wanted): AsyncIterable<Resource>
  coverage(): PartCoverage
}

/** Sources, one after another. */
export class JoinedSource {
  readonly #parts: readonly Part[]

  constructor(parts: readonly Part[]) {
    this.#parts = parts
  }

  /** The resources of all parts, in their order. */
  async *resources(wanted: Wanted): AsyncGenerator<Resource> {
    for (const part of this.#parts) yield* part.resources(wanted)
  }

  /** What could be read of all parts; complete when the stream has ended. */
  coverage(): PartCoverage & { readonly unreadTypes: readonly UnreadPart[]; readonly nodes: readonly NodePart[] } {
    const parts = this.#parts.map((part) => part.coverage())
    const sum = (count: keyof Counts): number => parts.reduce((all, { documents }) => all + documents[count], 0)
    return {
      documents: {
        files: sum('files'),
        unreadableFiles: sum('unreadableFiles'),
        read: sum('read'),
        unread: sum('unread'),
        notNeeded: sum('notNeeded'),
        ignored: sum('ignored'),
      },
      unreadTypes: parts.flatMap(({ unreadTypes = [] }) => unreadTypes),
      nodes: parts.flatMap(({ nodes = [] }) => nodes),
      problems: parts.flatMap(({ problems }) => problems),
    }
  }
}

/** Objects that are at hand, with the problems of getting them. */
export function objectsPart(resources: readonly Resource[], problems: readonly ProblemLine[]): Part {
  return {
    async *resources() {
      yield* resources
    },
    coverage: () => ({
      documents: { files: 0, unreadableFiles: 0, read: resources.length, unread: 0, notNeeded: 0, ignored: 0 },
      problems,
    }),
  }
}
