/** Lock files: the policies of a set by their digests, to be sure that others judge by the same. */
import { asMap, asText } from '@kubescape/resources'

import { readDocuments } from './documents.ts'
import type { PolicyProblem, PolicySet, PolicySource } from './policy-set.ts'
import { Problems, shown } from './problems.ts'

const KIND = 'PolicyLock'
const DIGEST = /^sha256:[0-9a-f]{64}$/

/** The lock of a set, as YAML: its files in the order of their paths. */
export function lockOf({ sources }: Pick<PolicySet, 'sources'>): string {
  const lines = sorted(sources).flatMap(({ path, digest, kind, version }) => [
    `  - path: ${JSON.stringify(path)}`,
    `    kind: ${kind}`,
    `    digest: sha256:${digest}`,
    ...(version === undefined ? [] : [`    version: ${JSON.stringify(version)}`]),
  ])
  return [
    '# The policies that scans judge by: kubescape policy lock',
    `kind: ${KIND}`,
    lines.length === 0 ? 'policies: []' : 'policies:',
    ...lines,
    '',
  ].join('\n')
}

/** What of a set is not as its lock says; nothing when it is. `file` is the lock's, for problems. */
export function verifyLock(
  lock: string,
  { sources }: Pick<PolicySet, 'sources'>,
  file = 'policy lock',
): PolicyProblem[] {
  const problems = new Problems()
  const locked = readLock(lock, file, problems)
  if (locked === undefined) return problems.list
  for (const { path, digest } of sorted(sources)) {
    const wanted = locked.get(path)
    if (wanted === undefined) {
      problems.note('not-locked', `${path} is not in the lock`, 'Lock the policies anew, or leave the file out.', {
        file: path,
      })
    } else if (wanted !== `sha256:${digest}`) {
      problems.note(
        'changed',
        `${path} is not what was locked`,
        'Lock the policies anew once the change is reviewed.',
        { file: path },
      )
    }
    locked.delete(path)
  }
  for (const path of locked.keys()) {
    problems.note(
      'missing',
      `${path} is in the lock, but not among the policies`,
      'Add the file, or lock the policies anew.',
      { file },
    )
  }
  return problems.list
}

/** Digests by paths; undefined when the text is no lock. */
function readLock(text: string, file: string, problems: Problems): Map<string, string> | undefined {
  const [document] = readDocuments({ path: file, text }, problems)
  const map = asMap(document?.value)
  const list = map?.['policies']
  if (map?.['kind'] !== KIND || !Array.isArray(list)) {
    problems.note('invalid-lock', 'this is no lock of policies', '`kubescape policy lock` writes one.', { file })
    return undefined
  }
  const locked = new Map<string, string>()
  for (const entry of list) {
    const path = asText(asMap(entry)?.['path']) ?? ''
    const digest = asText(asMap(entry)?.['digest']) ?? ''
    if (path === '' || !DIGEST.test(digest) || locked.has(path)) {
      problems.note(
        'invalid-lock',
        `the entry of ${shown(path)} is no digest, or stands twice`,
        'Lock the policies anew.',
        { file },
      )
      return undefined
    }
    locked.set(path, digest)
  }
  return locked
}

function sorted(sources: readonly PolicySource[]): PolicySource[] {
  return sources.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
