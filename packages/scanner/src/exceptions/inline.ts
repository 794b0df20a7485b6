/** Exceptions that stand in what is scanned: annotations of objects, and comments in their source. */
import type { Catalogue } from '@kubescape/controls'
import { asTextMap, field, type Resource, type SourceComment } from '@kubescape/resources'
import type { ScanProblem } from '@kubescape/results'

import { endOf } from './forms/expiry.ts'
import type { ExceptionRule } from './rule.ts'

/** What comments with exceptions begin with. */
export const IGNORE_WORD = 'kubescape:ignore'

const SKIP = 'kubescape.io/skip-controls'
const REASON = 'kubescape.io/skip-reason'
const EXPIRY = 'kubescape.io/skip-expiry'
/** `C-0057, C-0013 reason`, with `until=2027-03-31` somewhere in the reason. */
const COMMENT = /^([a-z]\w*-[\w.-]+(?:\s*,\s*[a-z]\w*-[\w.-]+)*)(?=\s|$)(.*)$/i
const UNTIL = /(?:^|\s)until=(\S*)/i

/** An exception for the object that it stands in. */
interface InlineRule {
  readonly rule: ExceptionRule
  /** The field that it is for; empty for the whole object. */
  readonly path: string
}

/** What stands in a resource, and what of it makes no sense: that accepts nothing. */
export interface InlineExceptions {
  readonly rules: readonly InlineRule[]
  readonly problems: readonly ScanProblem[]
}

/** The exceptions of a resource; undefined for none. `id` is its identifier in the report. */
export function inlineExceptions(resource: Resource, id: string, known: Catalogue): InlineExceptions | undefined {
  const annotations = asTextMap(field(resource.object, 'metadata', 'annotations'))
  const { comments = [] } = resource
  if (comments.length === 0 && !Object.hasOwn(annotations, SKIP)) return undefined
  const read = [
    ...(Object.hasOwn(annotations, SKIP) ? [ofAnnotations(annotations, resource, id, known)] : []),
    ...comments.map((comment) => ofComment(comment, resource, known)),
  ]
  return {
    rules: read.filter((each) => 'rule' in each),
    problems: read.filter((each) => 'code' in each),
  }
}

function ofAnnotations(
  annotations: Readonly<Record<string, string>>,
  { origin }: Resource,
  id: string,
  known: Catalogue,
): InlineRule | ScanProblem {
  const names = (annotations[SKIP] ?? '').split(',').map((name) => name.trim())
  const expiry = annotations[EXPIRY]?.trim() ?? ''
  const expires = expiry === '' ? '' : endOf(expiry)
  const place = origin === undefined ? {} : { file: origin.file, line: origin.line }
  if (expires === undefined) {
    const message = `the annotation ${EXPIRY} is ${JSON.stringify(expiry)}, which is no date: nothing is accepted`
    return { code: 'exceptions/inline', message, hint: 'Write 2027-03-31 or 2027-03-31T12:00:00Z.', ...place }
  }
  const source = origin === undefined ? `annotation of ${id}` : `${origin.file}:${origin.line}`
  const exception = { name: `inline-${id}`, reason: annotations[REASON] ?? '', owner: '', expires, source }
  return { rule: ruleFor(names.filter(Boolean), exception, known), path: '' }
}

function ofComment(
  { text, path, line, column }: SourceComment,
  { origin }: Resource,
  known: Catalogue,
): InlineRule | ScanProblem {
  const file = origin?.file ?? ''
  const problem = (message: string, hint: string): ScanProblem => {
    return { code: 'exceptions/inline', message: `${IGNORE_WORD}: ${message}`, hint, file, line, column }
  }
  const [, ids = '', rest = ''] = COMMENT.exec(text) ?? []
  if (ids === '') return problem('names no control', `Write # ${IGNORE_WORD} C-0057 and the reason.`)
  const until = UNTIL.exec(rest)
  const expires = until === null ? '' : endOf(until[1] ?? '')
  if (expires === undefined) return problem(`until=${until?.[1] ?? ''} is no date`, 'Write until=2027-03-31.')
  if (path === undefined) {
    return problem(
      'belongs to no field',
      'Put it at the end of a field, on a line before one, or before the first key.',
    )
  }
  const source = `${file}:${line}`
  const reason = rest.replace(UNTIL, '').trim()
  const exception = { name: `inline-${source}`, reason, owner: '', expires, source }
  return {
    rule: ruleFor(
      ids.split(',').map((id) => id.trim()),
      exception,
      known,
    ),
    path,
  }
}

function ruleFor(controls: readonly string[], exception: ExceptionRule['exception'], known: Catalogue): ExceptionRule {
  const ids = new Set(controls.map((name) => name.toUpperCase()))
  return {
    exception,
    // It covers what it stands in, which the book knows.
    resources: [],
    policies: [{ control: (id) => ids.has(id.toUpperCase()) }],
    coversManual: false,
    controls,
    unknownControls: controls.filter(
      (name) => !known.controls.some(({ id }) => id.toUpperCase() === name.toUpperCase()),
    ),
  }
}
