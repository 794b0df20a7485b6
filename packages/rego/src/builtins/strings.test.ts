/** Texts: places and lengths count characters. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['count("hé😀")', '3'],
  ['substring("😀béd", 1, 2)', '"bé"'],
  ['substring("abc", 1, -1)', '"bc"'],
  ['substring("abc", 5, 1)', '""'],
  ['substring("abc", -1, 1)', 'undefined'],
  ['indexof("😀b", "b")', '1'],
  ['indexof("abc", "x")', '-1'],
  ['indexof("abc", "")', 'undefined'],
  ['indexof_n("abaXaba", "aba")', '[0, 4]'],
  ['indexof_n("aaaa", "aa")', '[0, 1, 2]'],
  ['strings.count("aaaa", "aa")', '2'],
  ['strings.reverse("a😀")', '"😀a"'],
])('places count characters: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['lower("ÀBİ")', '"àbi"'],
  ['upper("straße")', '"STRAßE"'],
])('cases change one character at a time: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['split("a,b,", ",")', '["a", "b", ""]'],
  ['split("aé", "")', '["a", "é"]'],
  ['strings.split_n("a,b,c", ",", 2)', '["a", "b"]'],
  ['strings.split_n("a,b,c", ",", -1)', '["c"]'],
  ['concat("-", {"b", "a"})', '"a-b"'],
  ['replace("a.b.c", ".", "$&")', '"a$&b$&c"'],
  ['replace("ab", "", "-")', '"-a-b-"'],
  ['strings.replace_n({"a": "b", "b": "a"}, "aab")', '"bba"'],
  ['strings.replace_n({"": "-", "b": "X"}, "abc")', '"-a-X-c-"'],
  ['trim("xyax", "xy")', '"a"'],
  ['trim_left("ééa", "é")', '"a"'],
  ['trim_right("ab😀", "😀")', '"ab"'],
  ['trim_prefix("aab", "a")', '"ab"'],
  ['trim_suffix("abb", "b")', '"ab"'],
  ['trim_space(" \\t a b\\n")', '"a b"'],
  ['format_int(255, 16)', '"ff"'],
  ['format_int(-15.7, 2)', '"-1111"'],
  ['format_int(99999999999999999999, 16)', '"56bc75e2d630fffff"'],
  ['format_int(5, 3)', 'undefined'],
])('texts are taken apart and put together: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['strings.any_prefix_match(["ab", "cd"], {"x", "c"})', 'true'],
  ['strings.any_prefix_match("ab", "b")', 'false'],
  ['strings.any_suffix_match("ab", ["b"])', 'true'],
])('many are searched at once: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
