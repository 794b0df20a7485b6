/** Arrays, sets, objects and graphs. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['array.concat([1], [2])', '[1, 2]'],
  ['array.slice([1, 2, 3], -1, 2)', '[1, 2]'],
  ['array.slice([1, 2, 3], 2, 1)', '[]'],
  ['array.flatten([1, [2, [3]]])', '[1, 2, [3]]'],
  ['array.reverse([1, 2])', '[2, 1]'],
  ['sort({3, "a", null, 1})', '[null, 1, 3, "a"]'],
  ['max([])', 'undefined'],
  ['min([2, 1])', '1'],
  ['count({1, 1.0, 2})', '2'],
])('arrays: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['{1, 2} & {2, 3}', '{2}'],
  ['{1} | {2}', '{1, 2}'],
  ['{1, 2} - {1.0}', '{2}'],
  ['union({{1}, {2}})', '{1, 2}'],
  ['intersection({{1, 2}, {2}})', '{2}'],
  ['intersection(set())', 'set()'],
  ['1 in {1.0}', 'true'],
  ['"a", 1 in {"a": 1}', 'true'],
])('sets: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['object.get({"a": [{"b": 1}]}, ["a", 0, "b"], 2)', '1'],
  ['object.get({"a": 1}, ["a", "b"], 2)', '2'],
  ['object.get({"a": 1}, [], 2)', '{"a": 1}'],
  ['object.get({"__proto__": 1}, "__proto__", 2)', '1'],
  ['object.get({}, "toString", 2)', '2'],
  ['object.keys({1: 2, "a": 3})', '{1, "a"}'],
  ['object.remove({"a": 1, 2: 3}, [2])', '{"a": 1}'],
  ['object.filter({"a": 1, "b": 2}, {"a"})', '{"a": 1}'],
  ['object.union({"a": {"b": 1}}, {"a": {"c": 2}})', '{"a": {"b": 1, "c": 2}}'],
  ['object.union_n([{"a": {"b": 1}}, {"a": 2}, {"a": {"c": 3}, 1: 2}])', '{1: 2, "a": {"c": 3}}'],
  ['object.union_n([{"a": {"b": 1}}, {"a": {"c": 3}}, {"__proto__": 1}])', '{"__proto__": 1, "a": {"b": 1, "c": 3}}'],
  ['object.subset({"a": {1, 2}, "b": [1, 2, 3]}, {"a": {1}, "b": [2, 3]})', 'true'],
  ['object.subset([1, 2], {2})', 'true'],
  ['object.subset([1, 2, 3], [1, 3])', 'false'],
])('objects: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['graph.reachable({"a": ["b"], "b": ["a", "z"]}, ["a", "y"])', '{"a", "b"}'],
  ['graph.reachable_paths({"a": ["b", "c"], "b": ["a"], "c": []}, ["a"])', '{["a", "b"], ["a", "c"]}'],
  ['graph.reachable_paths({"a": ["a", "b"], "b": []}, ["a"])', '{["a", "a"], ["a", "a", "b"], ["a", "b"]}'],
  [
    '[x | walk({"b": [1], "a": {2}}, x)]',
    '[[[], {"a": {2}, "b": [1]}], [["a"], {2}], [["a", 2], 2], [["b"], [1]], [["b", 0], 1]]',
  ],
])('graphs: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
