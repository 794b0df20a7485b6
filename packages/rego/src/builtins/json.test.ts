/** JSON, patches, paths and YAML. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['json.marshal({"b": 1.0, "a": "<é>", 2: {3}})', '"{\\"2\\":[3],\\"a\\":\\"\\\\u003cé\\\\u003e\\",\\"b\\":1.0}"'],
  ['json.marshal_with_options({"a": [1]}, {"indent": " ", "prefix": ">"})', '">{\\n> \\"a\\": [\\n>  1\\n> ]\\n>}"'],
  ['json.marshal_with_options([], {"pretty": true})', '"[]"'],
  ['json.marshal_with_options([], {"none": true})', 'undefined'],
])('JSON is written: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['json.unmarshal("{\\"a\\": [1.0, 1e3, null], \\"__proto__\\": 1}")', '{"__proto__": 1, "a": [1.0, 1e3, null]}'],
  ['json.unmarshal("12345678901234567890")', '12345678901234567890'],
  ['json.unmarshal("[1,]")', 'undefined'],
  ['json.unmarshal("")', 'undefined'],
  ['json.unmarshal("01")', 'undefined'],
  ['json.is_valid("{} x")', 'false'],
  ['json.is_valid("\\"\\\\ud83d\\"")', 'true'],
])('JSON is read: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['json.patch({"a": 1}, [{"op": "add", "path": "/b", "value": 2}])', '{"a": 1, "b": 2}'],
  ['json.patch([1, 2], [{"op": "add", "path": "-", "value": 3}, {"op": "remove", "path": "0"}])', '[2, 3]'],
  ['json.patch({"a": {"b": 1}}, [{"op": "move", "from": "a/b", "path": "c"}])', '{"a": {}, "c": 1}'],
  ['json.patch({"a": {"b": 1}}, [{"op": "move", "from": "a", "path": "a/c"}])', 'undefined'],
  ['json.patch({"a": 1}, [{"op": "copy", "from": "", "path": "b"}])', '{"a": 1, "b": {"a": 1}}'],
  ['json.patch({"a/b": 1}, [{"op": "replace", "path": "a~1b", "value": 2}])', '{"a/b": 2}'],
  ['json.patch({"a": 1}, [{"op": "test", "path": "a", "value": 2}])', 'undefined'],
  ['json.patch({1, 2}, [{"op": "add", "path": [3], "value": 3}, {"op": "remove", "path": [1]}])', '{2, 3}'],
  ['json.patch({{"a": 1}}, [{"op": "add", "path": [{"a": 1}, "b"], "value": 2}])', '{{"a": 1, "b": 2}}'],
  ['json.patch([1], [{"op": "add", "path": "01", "value": 2}])', 'undefined'],
  ['json.patch({"a": 1}, [{"op": "add", "path": [2], "value": 3}])', '{2: 3, "a": 1}'],
])('documents are patched: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['json.filter({"a": {"b": 1, "c": 2}, "d": [5, 6]}, ["a/b", "d/1"])', '{"a": {"b": 1}, "d": [6]}'],
  ['json.filter({"a": {"b": 1, "c": 2}}, ["a/b", "a"])', '{"a": {"b": 1, "c": 2}}'],
  ['json.filter({"a": {1, 2}}, [["a", 1]])', '{"a": {1}}'],
  ['json.remove({"a": {"b": 1, "c": 2}, "d": [5, 6]}, ["a/b", "d/1"])', '{"a": {"c": 2}, "d": [5]}'],
  ['json.remove({"a": 1}, ["a", "a/b"])', '{}'],
])('paths name parts: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['yaml.unmarshal("a: yes\\nb: 010\\nc: 1.50\\nd: [x, ~]")', '{"a": true, "b": 8, "c": 1.5, "d": ["x", null]}'],
  ['yaml.unmarshal("a: 1\\n---\\nb: 2")', '{"a": 1}'],
  ['yaml.unmarshal("a: .inf")', 'undefined'],
  ['yaml.unmarshal("[")', 'undefined'],
  ['yaml.unmarshal("")', 'null'],
  ['yaml.unmarshal("a: 99999999999999999999")', '{"a": 100000000000000000000}'],
  ['yaml.is_valid("a: [")', 'false'],
  ['yaml.marshal({"b": ["yes", 1.0, {}], "a": null})', '"a: null\\nb:\\n- \\"yes\\"\\n- 1\\n- {}\\n"'],
])('YAML is that of Kubernetes: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
