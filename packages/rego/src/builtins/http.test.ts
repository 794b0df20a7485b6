import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'

const REQUEST = 'http.send({"method": "get", "url": "https://example.com"})'

describe('requests', () => {
  test('are refused unless they are allowed', () => {
    const { problem } = run('package tests', REQUEST, { strictBuiltinErrors: true })
    expect(problem?.code).toBe('eval_builtin_error')
    expect(problem?.message).toContain('no network')
  })

  test('go where they are allowed to', () => {
    const send = (request: unknown): { status_code: number; request: never } => ({
      status_code: 200,
      request: request as never,
    })
    expect(text('package tests', `${REQUEST}.request.url`, { send, strictBuiltinErrors: true })).toBe(
      '"https://example.com"',
    )
  })

  test.each(['{}', '{"method": "get"}', '{"method": "get", "url": 1}', '{"method": "get", "url": "x", "other": 1}'])(
    '%s is none',
    (request) => {
      const send = (): string => 'never'
      expect(text('package tests', `http.send(${request})`, { send, strictBuiltinErrors: true })).toBe(
        'eval_type_error',
      )
    },
  )
})

test('requests to Amazon are signed', () => {
  const query = `providers.aws.sign_req(
    {"method": "get", "url": "https://example.com/a/b?x=1&a=2"},
    {"aws_service": "s3", "aws_access_key": "AK", "aws_secret_access_key": "SK", "aws_region": "us-east-1"},
    1500000000123456789,
  ).headers.Authorization`
  expect(text('package tests', query, { strictBuiltinErrors: true })).toBe(
    '"AWS4-HMAC-SHA256 Credential=AK/20170714/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=d2233d4a2ea4c9471b5b8be9d9e69e6c1bde3d906c7bb2006b16ad1afb02b690"',
  )
})

describe('what is drawn', () => {
  test.each(['uuid.rfc4122("k")', 'rand.intn("k", 1000000)'])(
    '%s is the same for the same arguments and seed',
    (call) => {
      const again = `count({x | some _ in [1, 2, 3]; x := ${call}})`
      expect(text('package tests', again, {})).toBe('1')
      expect(text('package tests', call, { seed: 1 })).toBe(text('package tests', call, { seed: 1 }))
      expect(text('package tests', call, { seed: 1 })).not.toBe(text('package tests', call, { seed: 2 }))
    },
  )

  test('lies within its bounds', () => {
    expect(text('package tests', 'rand.intn("k", 0)')).toBe('0')
    expect(text('package tests', 'x := rand.intn("k", -5); x >= 0; x < 5')).not.toBe('undefined')
    expect(text('package tests', 'uuid.parse(uuid.rfc4122("k"))')).toBe('{"variant": "RFC4122", "version": 4}')
  })

  test('is told by the parts of an identifier', () => {
    expect(text('package tests', 'uuid.parse("{000003e8-48b9-21ee-b200-325096b39f47}")')).toBe(
      '{"clocksequence": 12800, "domain": "Person", "id": 1000, "macvariables": "local:unicast", "nodeid": "32-50-96-b3-9f-47", "time": 1693566990121469600, "variant": "RFC4122", "version": 2}',
    )
    expect(text('package tests', 'uuid.parse("x")')).toBe('undefined')
  })
})
