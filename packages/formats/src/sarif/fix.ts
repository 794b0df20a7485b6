/** Fixes: the edits that clear a result (SARIF 2.1.0, 3.55). */
import type { Finding, Ref } from '@kubescape/results'
import { textEdits } from '@kubescape/yaml'

import type { Evidence } from '../evidence.ts'
import type { PlacedEdit } from '../fix-editor.ts'
import type { ArtifactLocation, SourceNames } from '../source-names.ts'

interface Change {
  readonly artifactLocation: ArtifactLocation
  readonly replacements: readonly object[]
}

/** The fix of all findings together; undefined unless each has an edit that is certain. */
export function fixOf(
  { evidence, names }: { evidence: Evidence; names: SourceNames },
  ref: Ref,
  findings: readonly Finding[],
  description: string,
): object | undefined {
  const byFile = new Map<string, PlacedEdit[]>()
  for (const finding of findings) {
    if (finding.role === 'review' && finding.fix === undefined) continue
    const placed = evidence.edit(ref, finding)
    if (placed === undefined) return undefined
    byFile.set(placed.file, [...(byFile.get(placed.file) ?? []), placed])
  }
  const artifactChanges: Change[] = []
  for (const [file, placed] of byFile) {
    const artifactLocation = names.location(file)
    const replacements = replacementsOf(placed)
    if (artifactLocation === undefined || replacements === undefined) return undefined
    artifactChanges.push({ artifactLocation, replacements })
  }
  return artifactChanges.length === 0 ? undefined : { description: { text: description }, artifactChanges }
}

function replacementsOf(placed: readonly PlacedEdit[]): object[] | undefined {
  const positions = new Map(
    placed.flatMap(({ edit, from, to }) => [[edit.start, from] as const, [edit.end, to] as const]),
  )
  return textEdits(placed.map(({ edit }) => edit))?.map(({ start, end, text }) => {
    const [from, to] = [positions.get(start), positions.get(end)]
    return {
      deletedRegion: {
        startLine: from?.line,
        startColumn: from?.column,
        endLine: to?.line,
        endColumn: to?.column,
      },
      insertedContent: { text },
    }
  })
}
