/** Comments for programs: which are some, and what they are about. */
import { describe, expect, test } from 'vitest'

import { openDocument } from './read-document.ts'
import { splitDocuments } from './split-documents.ts'

/** Text, place and path of the comments with `mark` of every document. */
function comments(text: string): (string | undefined)[][] {
  return splitDocuments(text).map((slice) =>
    openDocument(text, slice)
      .comments('mark')
      .map(({ text: said, line, column, path }) => `${line}:${column} ${said} -> ${path ?? 'nothing'}`),
  )
}

describe('a comment is about', () => {
  test.each([
    ['the document before its first key', '# mark a\n\n# other\na: 1\n', ['1:1 a -> ']],
    ['the document behind its marker', '--- # mark a\na: 1\n', ['1:5 a -> ']],
    ['the field that it stands behind', 'a: 1\nb:\n  c: 1 # mark x\n', ['3:8 x -> b.c']],
    ['all of a mapping whose key it stands behind', 'a:\n  b: # mark x\n    c: 1\n', ['2:6 x -> a.b']],
    [
      'the item that begins on its line',
      'a:\n- b: 1 # mark x\n  c: 2 # mark y\n',
      ['2:8 x -> a[0]', '3:8 y -> a[0].c'],
    ],
    ['the field of the next line', 'a: 1\n# mark x\n\n  # more\nb: 2\n', ['2:1 x -> b']],
    ['the next item of a list', 'a:\n# mark x\n- b\n- c # mark y\n', ['2:1 x -> a[0]', '4:5 y -> a[1]']],
    ['a block scalar behind whose header it stands', 'a: | # mark x\n  text\nb: 1\n', ['1:6 x -> a']],
    ['a flow collection', 'a: {b: 1, c: [2]} # mark x\n', ['1:19 x -> a']],
    ['fields with dots', 'a.b/c:\n  "d\\"e": 1 # mark x\n', [String.raw`2:13 x -> ["a.b/c"]["d\"e"]`]],
    ['nothing behind a closing bracket', 'a: [\n  1\n] # mark x\n', ['3:3 x -> nothing']],
    ['nothing at the end', 'a: 1\n# mark x\n', ['2:1 x -> nothing']],
    ['an alias', 'a: &b {c: 1}\nd: *b # mark x\n', ['2:7 x -> d']],
    ['a field of Windows', 'a: 1\r\nb: 2 # mark x y \r\nc: 3\r\n', ['2:6 x y -> b']],
  ])('%s', (_, text, found) => {
    expect(comments(text)).toEqual([found])
  })

  test('its own document', () => {
    expect(comments('a: 1 # mark x\n---\n# mark y\nb: 1\n---\nc: 1\n# mark z\n---\nd: 1\n')).toEqual([
      ['1:6 x -> a'],
      ['3:1 y -> '],
      ['7:1 z -> nothing'],
      [],
    ])
  })
})

test.each([
  ['a block scalar', 'a: |\n  # mark x\n  b\n'],
  ['quotes', 'a: "b # mark x"\n'],
  ['quotes over lines', "a: 'b\n  # mark x\n  c'\n"],
  ['a plain scalar', 'a: b#mark x\n'],
  ['another word', 'a: b # marked x\n'],
  ['the middle of a comment', 'a: b # see mark x\n'],
  ['a document that cannot be read', 'a: [ # mark x\n'],
])('%s holds none', (_, text) => {
  expect(comments(text)).toEqual([[]])
})

test('many comments in a deep document are placed in one walk for each level', () => {
  const lines = Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}a: # mark x`)
  const [found = []] = comments(`${lines.join('\n')}\n${' '.repeat(150)}b: 1\n`)
  expect(found).toHaveLength(150)
  expect(found.at(-1)).toMatch(/-> a(?:\.a){149}$/)
})
