/** Encodings, URIs, units, versions and conversions. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['base64.encode("hé")', '"aMOp"'],
  ['base64.decode("aMOp")', '"hé"'],
  ['base64.decode("aMO")', 'undefined'],
  ['base64.is_valid("aMO")', 'false'],
  ['base64url.encode("h?>")', '"aD8-"'],
  ['base64url.encode_no_pad("h?")', '"aD8"'],
  ['base64url.decode("aD8")', '"h?"'],
  ['base64url.decode("a+8=")', 'undefined'],
  ['hex.encode(base64.decode("/+8="))', '"ffef"'],
  ['hex.decode("c3A9")', '"é"'],
  ['hex.decode("c")', 'undefined'],
  ['urlquery.encode("a b&é")', '"a+b%26%C3%A9"'],
  ['urlquery.decode("a+b%26%C3%A9")', '"a b&é"'],
  ['urlquery.decode("%zz")', 'undefined'],
  ['urlquery.encode_object({"b": {"y", "x"}, "a": "1"})', '"a=1&b=x&b=y"'],
  ['urlquery.decode_object("a=1&b&a=%20&__proto__=2")', '{"__proto__": ["2"], "a": ["1", " "], "b": [""]}'],
  ['urlquery.decode_object("a;b")', 'undefined'],
])('encodings: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  [
    'uri.parse("https://u@h.com:80/a%2Fb?x=1#f")',
    '{"fragment": "f", "hostname": "h.com", "path": "/a/b", "port": "80", "raw_path": "/a%2Fb", "raw_query": "x=1", "scheme": "https"}',
  ],
  ['uri.parse("http://[::1")', 'undefined'],
  ['uri.is_valid("")', 'false'],
])('URIs: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['units.parse("10Ki")', '10240'],
  ['units.parse("100m")', '0.1000000000'],
  ['units.parse("1.5G")', '1500000000'],
  ['units.parse("1e-3K")', '1'],
  ['units.parse("2E")', '2000000000000000000'],
  ['units.parse("1 K")', 'undefined'],
  ['units.parse("K")', 'undefined'],
  ['units.parse("1x")', 'undefined'],
  ['units.parse_bytes("1.5KiB")', '1536'],
  ['units.parse_bytes("10mb")', '10000000'],
  ['units.parse_bytes("1B")', 'undefined'],
])('units: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['semver.compare("1.2.10", "v1.2.9")', '1'],
  ['semver.compare("1.0.0-rc.1", "1.0.0")', '-1'],
  ['semver.compare("1.0.0-2", "1.0.0-10")', '-1'],
  ['semver.compare("1.0.0-1", "1.0.0-a")', '-1'],
  ['semver.compare("1.0.0+x", "1.0.0+y")', '0'],
  ['semver.compare("1.0", "1.0.0")', 'undefined'],
  ['semver.is_valid("1.0.0-a..b")', 'false'],
])('versions: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['to_number("1.50")', '1.50'],
  ['to_number("+5")', '5'],
  ['to_number(".5")', '0.5'],
  ['to_number(true)', '1'],
  ['to_number("x")', 'undefined'],
  ['to_number("1e999")', 'undefined'],
  ['to_number("inf")', 'undefined'],
  ['type_name(set())', '"set"'],
  ['is_number(1.5)', 'true'],
  ['is_object({1})', 'false'],
])('conversions: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
