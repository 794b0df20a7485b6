/** Manifests in memory as a source of resources, for tests. */
import { identityOf, type Origin } from '@kubescape/resources'
import type { ScanProblem } from '@kubescape/results'
import type { ResourceSource, SourceCoverage } from '@kubescape/scanner'
import { isValueMap, openDocument, splitDocuments } from '@kubescape/yaml'

import type { Originals } from '../src/evidence.ts'

/** Texts of files by their path relative to what is scanned. */
export type Texts = Readonly<Record<string, string>>

/** A source of the objects in texts. Objects in lists are not looked for. */
export class TextSource implements ResourceSource {
  readonly originals: Originals
  readonly #texts: Texts
  readonly #problems: ScanProblem[] = []
  readonly #documents: Record<keyof Omit<SourceCoverage['documents'], 'unchangedFiles'>, number>

  constructor(texts: Texts) {
    this.#texts = texts
    this.#documents = {
      files: Object.keys(texts).length,
      unreadableFiles: 0,
      read: 0,
      unread: 0,
      notNeeded: 0,
      ignored: 0,
    }
    this.originals = {
      text: ({ file }) => texts[file],
      document: (origin) => openDocument(texts[origin.file] ?? '', origin),
    }
  }

  async *resources(): ReturnType<ResourceSource['resources']> {
    for (const [file, text] of Object.entries(this.#texts)) {
      let ordinal = 0
      for (const { start, end, line } of splitDocuments(text)) {
        const { value, problems } = openDocument(text, { start, end, line })
        this.#problems.push(...problems.map((problem) => ({ ...problem, file })))
        const identity = identityOf(value)
        if (value === undefined) this.#documents.unread++
        if (identity === undefined || !isValueMap(value)) continue
        this.#documents.read++
        const place = { file, relativePath: file, fileType: 'YAML', start, end, line, itemPath: '' } as const
        const origin: Origin = { ...place, ordinal: ordinal++ }
        yield { identity, object: value, origin }
      }
    }
  }

  coverage(): SourceCoverage {
    return { documents: this.#documents, problems: this.#problems }
  }
}
