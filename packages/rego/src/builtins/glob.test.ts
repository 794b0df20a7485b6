/** Patterns: regular expressions and globs. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['regex.match("a(b|c)$", "xac")', 'true'],
  ['regex.match("(", "a")', 'undefined'],
  ['regex.is_valid("(?=a)")', 'false'],
  ['regex.find_n("[oa].", "toast boat", 1)', '["oa"]'],
  ['regex.find_n("a", "b", -1)', '[]'],
  ['regex.find_all_string_submatch_n("a(x)?", "axa", -1)', '[["ax", "x"], ["a", ""]]'],
  ['regex.split("[,;]", "a,b;c")', '["a", "b", "c"]'],
  ['regex.replace("abc", "(?P<n>b)", "<${n}>")', '"a<b>c"'],
  ['regex.template_match("urn:{[a-z]{1,3}}:x", "urn:foo:x", "{", "}")', 'true'],
  ['regex.template_match("a.{b}", "axb", "{", "}")', 'false'],
  ['regex.template_match("{a", "a", "{", "}")', 'undefined'],
])('regular expressions are those of RE2: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['regex.globs_match("a.[0-9]+z", "ab12[a-z]")', 'true'],
  ['regex.globs_match("a*", "b*")', 'false'],
  ['regex.globs_match("[a-c]+", "[d-f]+")', 'false'],
  ['regex.globs_match("a\\\\.b", "axb")', 'false'],
  ['regex.globs_match("*a", "a")', 'undefined'],
  ['regex.globs_match("[b-a]", "a")', 'undefined'],
  ['regex.globs_match("", "")', 'true'],
  ['regex.globs_match(".*", "")', 'false'],
])('simple patterns have texts in common: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['glob.match("*.github.com", [], "api.github.com")', 'true'],
  ['glob.match("*.github.com", [], "a.b.github.com")', 'false'],
  ['glob.match("**.github.com", [], "a.b.github.com")', 'true'],
  ['glob.match("*hub.com", null, "a.b.github.com")', 'true'],
  ['glob.match("*:b", [":"], "a.c:b")', 'true'],
  ['glob.match("{a?,[!x-z]}c", [], "bc")', 'true'],
  ['glob.match("{a?,[!x-z]}c", [], "xc")', 'false'],
  ['glob.match("a\\\\*", [], "ab")', 'false'],
  ['glob.match("é?", [], "é😀")', 'true'],
  ['glob.match("[a", [], "a")', 'undefined'],
  ['glob.match("a", ["ab"], "a")', 'undefined'],
  ['glob.quote_meta("a*{b}")', '"a\\\\*\\\\{b\\\\}"'],
])('globs end at delimiters: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
