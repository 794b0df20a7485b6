/** Builds of real kustomizations against what kubectl makes of them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { build, BuildError, type FileSystem } from '../../packages/kustomize/src/index.ts'
import type { CaseOutcome, Suite } from '../suite.ts'

interface Case {
  readonly dir: string
  readonly rc: number
  readonly stderr: string
}

export const kustomize: Suite = {
  name: 'kustomize',
  async run(folder) {
    const outcomes: CaseOutcome[] = []
    let alike = 0
    let failing = 0
    for (const id of readdirSync(folder)) {
      if (!existsSync(join(folder, id, 'case.json'))) continue
      const { dir, rc, stderr } = JSON.parse(readFileSync(join(folder, id, 'case.json'), 'utf8')) as Case
      const root = join(folder, id, 'tree')
      try {
        const { output } = await build(filesIn(root), dir, { isRestricted: true })
        if (rc !== 0) outcomes.push({ id, status: 'failed', reason: 'it was built, and should not have been' })
        else outcomes.push(compare(id, output, readFileSync(join(folder, id, 'expected.yaml'), 'utf8')))
      } catch (error) {
        if (!(error instanceof BuildError)) throw error
        if (rc === 0) outcomes.push({ id, status: 'failed', reason: `it was not built: ${error.message}` })
        else outcomes.push({ id, status: 'passed' })
        if (rc !== 0) failing++
        if (rc !== 0 && wanted(stderr) === error.message) alike++
      }
    }
    console.log(`  error texts alike: ${alike} of ${failing}`)
    return outcomes
  },
}

function compare(id: string, output: string, expected: string): CaseOutcome {
  if (output === expected) return { id, status: 'passed' }
  const [ours, theirs] = [output.split('\n'), expected.split('\n')]
  const at = theirs.findIndex((line, place) => line !== ours[place])
  const place = at < 0 ? theirs.length : at
  return {
    id,
    status: 'failed',
    reason: `line ${place + 1} is ${JSON.stringify(ours[place])} instead of ${JSON.stringify(theirs[place])}`,
  }
}

/** The message, as it stands in the log line of the tool. */
function wanted(stderr: string): string {
  const quoted = /err=("(?:[^"\\]|\\.)*")\s*$/.exec(stderr.trimEnd())?.[1] ?? '""'
  return (JSON.parse(quoted) as string).replaceAll('$DIR/', '')
}

function filesIn(root: string): FileSystem {
  const at = (path: string): string => join(root, path)
  return {
    read: (path) => (existsSync(at(path)) && statSync(at(path)).isFile() ? readFileSync(at(path), 'utf8') : undefined),
    kind: (path) => {
      const stats = statSync(at(path), { throwIfNoEntry: false })
      return stats?.isDirectory() === true ? 'directory' : stats === undefined ? undefined : 'file'
    },
  }
}
