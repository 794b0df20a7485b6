/** `.helmignore`: which files of a folder do not belong to the chart. Unlike in git, `!` ignores whatever does not match. */
import { parsePathPattern, type PathMatch } from './path-pattern.ts'

/** One line. */
interface Rule {
  readonly matches: PathMatch
  readonly negated: boolean
  readonly directoriesOnly: boolean
}

/** What is ignored, or what is wrong with a rule, in Helm's words. */
export type IgnoreResult =
  | { readonly rules: number; readonly isIgnored: (path: string) => boolean }
  | { readonly problem: string }

/** Files that editors leave behind. */
const DEFAULT_RULE = 'templates/.?*'

/** Reads the rules of a chart; `path` is relative to the chart, and a file in an ignored directory is ignored. */
export function readIgnoreRules(text: string): IgnoreResult {
  const rules: Rule[] = []
  for (const line of [...text.replace(/^\u{feff}/u, '').split('\n'), DEFAULT_RULE]) {
    const rule = line.trim()
    if (rule === '' || rule.startsWith('#')) continue
    if (rule.includes('**')) return { problem: 'double-star (**) syntax is not supported' }
    const read = readRule(rule)
    if (read === undefined) return { problem: 'syntax error in pattern' }
    rules.push(read)
  }
  const directories = new Map<string, boolean>()
  const isIgnoredDirectory = (path: string): boolean => {
    const known = directories.get(path)
    if (known !== undefined) return known
    const ignored = isInIgnored(path) || isIgnoredBy(rules, path, true)
    directories.set(path, ignored)
    return ignored
  }
  const isInIgnored = (path: string): boolean => {
    const slash = path.lastIndexOf('/')
    return slash > 0 && isIgnoredDirectory(path.slice(0, slash))
  }
  return { rules: rules.length, isIgnored: (path) => isInIgnored(path) || isIgnoredBy(rules, path, false) }
}

function readRule(rule: string): Rule | undefined {
  const negated = rule.startsWith('!')
  const positive = negated ? rule.slice(1) : rule
  const directoriesOnly = positive.endsWith('/')
  const pattern = directoriesOnly ? positive.slice(0, -1) : positive
  const matches = parsePathPattern(pattern.replace(/^\/+/, ''))
  if (matches === undefined) return undefined
  if (pattern.includes('/')) return { matches, negated, directoriesOnly }
  return { matches: (path) => matches(path.slice(path.lastIndexOf('/') + 1)), negated, directoriesOnly }
}

function isIgnoredBy(rules: readonly Rule[], path: string, isDirectory: boolean): boolean {
  for (const { matches, negated, directoriesOnly } of rules) {
    if (negated) {
      if ((directoriesOnly && !isDirectory) || !matches(path)) return true
    } else if (!(directoriesOnly && !isDirectory) && matches(path)) return true
  }
  return false
}
