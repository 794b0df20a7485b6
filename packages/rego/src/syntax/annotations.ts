/** Metadata: blocks of comments that begin with `# METADATA` and hold YAML, above packages and rules. */
import { readDocument, splitDocuments } from '@kubescape/yaml'
import type { RegoProblem } from '../problem.ts'
import { normalMetadata } from './metadata.ts'
import type { Annotation, Comment, Import, Location, PackageClause, Rule } from './ast.ts'
import { parseProblem } from './syntax-failure.ts'

type Scope = Annotation['scope']

/** What a block stands above. */
interface Target {
  readonly kind: 'package' | 'rule' | 'import'
  readonly start: number
  readonly rule?: number
}

/** The metadata of a module, in the order of its text. */
export function readAnnotations(
  comments: readonly Comment[],
  clause: PackageClause,
  imports: readonly Import[],
  rules: readonly Rule[],
): { annotations: readonly Annotation[]; problems: readonly RegoProblem[] } {
  const annotations: Annotation[] = []
  const problems: RegoProblem[] = []
  const blocks = blocksOf(comments)
  if (blocks.length === 0) return { annotations, problems }
  const targets: Target[] = [
    { kind: 'package' as const, start: clause.location.start },
    ...imports.map(({ location }) => ({ kind: 'import' as const, start: location.start })),
    ...rules.map(({ location }, rule) => ({ kind: 'rule' as const, start: location.start, rule })),
  ].toSorted((left, right) => left.start - right.start)
  let next = 0
  for (const block of blocks) {
    while (next < targets.length && (targets[next] as Target).start < block.location.start) next++
    const annotation = annotationOf(block, targets[next])
    if (typeof annotation === 'string') problems.push(parseProblem(annotation, block.location))
    else annotations.push(annotation)
  }
  return { annotations, problems }
}

interface Block {
  readonly location: Location
  readonly yaml: string
}

function blocksOf(comments: readonly Comment[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < comments.length; at++) {
    const first = comments[at] as Comment
    if (first.text.trim() !== 'METADATA') continue
    const lines: string[] = []
    let last = first
    for (; at + 1 < comments.length; at++) {
      const comment = comments[at + 1] as Comment
      const continues =
        comment.location.row === last.location.row + 1 && comment.location.column === first.location.column
      if (!continues || comment.text.trim() === 'METADATA') break
      lines.push(comment.text)
      last = comment
    }
    blocks.push({ location: { ...first.location, end: last.location.end }, yaml: `${lines.join('\n')}\n` })
  }
  return blocks
}

/** The annotation, or what is wrong with it. */
function annotationOf({ yaml, location }: Block, target: Target | undefined): Annotation | string {
  const [slice, second] = splitDocuments(yaml)
  if (slice === undefined || second !== undefined || yaml.trim() === '') return 'a metadata block must hold YAML'
  const { value, problems } = readDocument(yaml, slice)
  const [problem] = problems
  if (problem !== undefined) return `metadata is no YAML: ${problem.message}`
  const metadata = normalMetadata(value)
  if (typeof metadata === 'string') return metadata
  const { scope: written, ...data } = metadata
  const scope = written === undefined || written === '' ? defaultScope(target, data['entrypoint'] === true) : written
  if (!isScope(scope)) {
    return `metadata with the scope \`${scope}\` stands above nothing that it can be about; scopes are rule, document, package, subpackages`
  }
  const wanted = scope === 'rule' || scope === 'document' ? 'rule' : 'package'
  if (target?.kind !== wanted) return `metadata with the scope \`${scope}\` must stand above a ${wanted}`
  return { scope, data: { scope, ...data }, location, ...(target.rule !== undefined && { rule: target.rule }) }
}

function defaultScope(target: Target | undefined, isEntrypoint: boolean): string {
  return target?.kind === 'rule' && isEntrypoint ? 'document' : (target?.kind ?? '')
}

function isScope(scope: string): scope is Scope {
  return scope === 'rule' || scope === 'document' || scope === 'package' || scope === 'subpackages'
}
