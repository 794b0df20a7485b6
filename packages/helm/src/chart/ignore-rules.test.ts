import { describe, expect, test } from 'vitest'

import { readIgnoreRules } from './ignore-rules.ts'

function ignored(rules: string, paths: readonly string[]): string[] | string {
  const read = readIgnoreRules(rules)
  return 'problem' in read ? read.problem : paths.filter((path) => read.isIgnored(path))
}

describe('.helmignore', () => {
  test.each([
    ['*.md', ['README.md', 'docs/a.md', 'a.mdx'], ['README.md', 'docs/a.md']],
    ['/README.md', ['README.md', 'docs/README.md'], ['README.md']],
    ['docs/', ['docs/a', 'docs/b/c', 'docs'], ['docs/a', 'docs/b/c']],
    ['ci/*.yaml', ['ci/a.yaml', 'ci/b/c.yaml'], ['ci/a.yaml']],
    ['file[0-9a]?', ['file1x', 'fileax', 'filebx'], ['file1x', 'fileax']],
    ['[^a]*', ['abc', 'bc'], ['bc']],
    ['\\*', ['*', 'a'], ['*']],
    ['# comment\n\n  x  ', ['x', '# comment'], ['x']],
  ])('%j', (rules, paths, expected) => {
    expect(ignored(rules, paths)).toEqual(expected)
  })

  test('ignores what does not match a rule with !', () => {
    expect(ignored('!*.yaml', ['a.yaml', 'b.txt'])).toEqual(['b.txt'])
  })

  test('always ignores hidden templates', () => {
    expect(ignored('', ['templates/.swp', 'templates/a.yaml', '.hidden'])).toEqual(['templates/.swp'])
  })

  test('refuses double stars and broken classes', () => {
    expect(ignored('a/**/b', [])).toBe('double-star (**) syntax is not supported')
    expect(ignored('[a', [])).toBe('syntax error in pattern')
  })

  test('matches many stars in time', () => {
    expect(ignored(`${'*a'.repeat(500)}b`, ['a'.repeat(5000)])).toEqual([])
  })
})
