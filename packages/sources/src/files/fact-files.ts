/** Files with facts of nodes and descriptions of clouds, which are judged beside a cluster. Anything else in them is left out. */
import type { Identity, Origin, Resource } from '@kubescape/resources'
import type { OpenDocument, Problem } from '@kubescape/yaml'

import { FileSource, type FileCoverage, type FileSourceOptions } from './file-source.ts'

/** Which files, and what counts as a fact. */
export interface FactFilesOptions extends Omit<FileSourceOptions, 'readEverything'> {
  readonly isFact: (identity: Identity) => boolean
}

const MOST_KINDS = 5

/** The facts of files. */
export class FactFiles {
  readonly #files: FileSource
  readonly #isFact: (identity: Identity) => boolean
  readonly #paths: readonly string[]
  readonly #others = new Map<string, number>()
  #firstOther = ''
  #facts = 0

  constructor({ isFact, ...options }: FactFilesOptions) {
    this.#files = new FileSource(options)
    this.#isFact = isFact
    this.#paths = options.paths
  }

  /** The facts, file by file. Every document is read, so that nothing that is none goes unnoticed. */
  async *resources(): AsyncGenerator<Resource> {
    for await (const resource of this.#files.resources({ kind: () => true })) {
      if (this.#isFact(resource.identity)) {
        this.#facts++
        yield resource
      } else this.#leaveOut(resource)
    }
  }

  /** What could be read so far, and what was no fact. */
  coverage(): FileCoverage {
    const { documents, problems } = this.#files.coverage()
    return { documents, problems: [...problems, ...this.#othersProblem(), ...this.#emptyProblem()] }
  }

  /** Number of arguments and named files with something that could not be read, or without any fact at all. */
  get namedProblems(): number {
    return this.#files.namedProblems + this.#emptyProblem().length
  }

  /** As `FileSource.text`. */
  text(origin: Origin): string | undefined {
    return this.#files.text(origin)
  }

  /** As `FileSource.document`. */
  document(origin: Origin): OpenDocument | undefined {
    return this.#files.document(origin)
  }

  #leaveOut({ identity, origin }: Resource): void {
    if (this.#firstOther === '') this.#firstOther = origin?.file ?? ''
    this.#others.set(identity.kind, (this.#others.get(identity.kind) ?? 0) + 1)
  }

  #othersProblem(): Problem[] {
    if (this.#others.size === 0) return []
    const kinds = [...this.#others].toSorted(([, a], [, b]) => b - a)
    const all = kinds.reduce((sum, [, amount]) => sum + amount, 0)
    const named = kinds.slice(0, MOST_KINDS).map(([kind, amount]) => `${kind} (${amount})`)
    const more = kinds.length > MOST_KINDS ? ` and ${kinds.length - MOST_KINDS} more kinds` : ''
    return [
      {
        code: 'sources/no-fact',
        message: `${all === 1 ? '1 object is no fact' : `${all} objects are no facts`} of nodes or clouds and ${all === 1 ? 'was' : 'were'} not judged: ${named.join(', ')}${more}`,
        hint: 'Manifests are scanned by naming them as paths, without a cluster; check which files --facts was given.',
        file: this.#firstOther,
      },
    ]
  }

  #emptyProblem(): Problem[] {
    if (this.#facts > 0) return []
    return [
      {
        code: 'sources/no-facts',
        message: 'no facts of nodes or clouds are there',
        hint: 'Name files of kubescape node-facts, or with objects of the kinds that the coverage names as missing.',
        file: this.#paths.join(', '),
      },
    ]
  }
}
