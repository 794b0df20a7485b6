import { expect, test } from 'vitest'

import { text } from '../../testing/evaluate.ts'

test.each([
  ['crypto.md5("a")', '"0cc175b9c0f1b6a831c399e269772661"'],
  ['crypto.sha1("a")', '"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"'],
  ['crypto.sha256("ü😀")', '"480eec2ac90675fd48de4593b4677e063d4fb9e17cbc335cadfc758f3d3d60ac"'],
  ['crypto.hmac.md5("message", "key")', '"4e4748e62b463521f6775fbf921234b5"'],
  ['crypto.hmac.sha1("message", "key")', '"2088df74d5f2146b48146caf4965377e9d0be3a4"'],
  ['crypto.hmac.equal("a", "a")', 'true'],
  ['crypto.hmac.equal("a", "b")', 'false'],
  ['crypto.md5(input)', 'eval_type_error'],
])('%s is %s', (query, expected) => {
  expect(text('package tests', query, { input: 1, strictBuiltinErrors: true })).toBe(expected)
})
