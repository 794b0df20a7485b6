/** Documents of policy files: YAML or JSON. */
import type { Value } from '@kubescape/resources'
import { openDocument, readDocument, splitDocuments, type OpenDocument, type ReadResult } from '@kubescape/yaml'

import type { PolicyFile } from './policy-set.ts'
import type { Place, Problems } from './problems.ts'

/** Longer files are published bundles: keeping where everything stands would take ten times the memory of the text. */
const LONGEST_PLACED = 1_000_000

/** A document that could be read. */
export interface PolicyDocument {
  readonly file: string
  readonly value: Value
  /** Where a field stands, given by its path: `controls[3]`. */
  readonly placeOf: (path: string) => Place
}

/** The documents of a file. What cannot be read is a problem; empty documents are left out. */
export function readDocuments({ path: file, text }: PolicyFile, problems: Problems): PolicyDocument[] {
  return splitDocuments(text).flatMap((slice): PolicyDocument[] => {
    const document = text.length > LONGEST_PLACED ? readDocument(text, slice) : openDocument(text, slice)
    const [problem] = document.problems
    if (problem !== undefined) {
      const { message, hint = 'Correct the file.', line = slice.line, column } = problem
      problems.note('invalid-yaml', message, hint, column === undefined ? { file, line } : { file, line, column })
    }
    const { value } = document
    return value === undefined || value === null ? [] : [{ file, value, placeOf: placesIn(document, file, slice.line) }]
  })
}

function placesIn(document: ReadResult | OpenDocument, file: string, start: number): (path: string) => Place {
  return (path) => {
    if (path === '' || !('locate' in document)) return { file, line: start }
    const [at] = document.locate([path])
    return at === undefined ? { file, line: start } : { file, line: at.line, column: at.column }
  }
}
