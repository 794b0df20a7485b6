import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'
import { ED_KEY, LEAF, LEAF_KEY, ROOT, ROOT_KEY } from '../../testing/keys.ts'

const input = { root: ROOT, leaf: LEAF, rootKey: ROOT_KEY, leafKey: LEAF_KEY, edKey: ED_KEY }
const now = 1_800_000_000_000_000_000n
const RULES = `package tests

secret := {"kty": "oct", "k": "c2VjcmV0"}

key(pem) := crypto.x509.parse_rsa_private_key(pem)

public(jwk) := json.marshal(object.remove(jwk, ["d", "p", "q", "dp", "dq", "qi"]))

signed(algorithm, jwk) := io.jwt.encode_sign({"alg": algorithm}, {"sub": "a"}, jwk)

plain(claims) := io.jwt.encode_sign({"alg": "HS256"}, claims, secret)
`

function value(query: string): string {
  return text(RULES, query, { input, now, strictBuiltinErrors: true })
}

function message(query: string): string {
  return run(RULES, query, { input, now, strictBuiltinErrors: true }).problem?.message ?? 'none'
}

describe('tokens', () => {
  test.each(['256', '384', '512'])('are signed and verified with HS%s', (size) => {
    expect(value(`io.jwt.verify_hs${size}(data.tests.signed("HS${size}", data.tests.secret), "secret")`)).toBe('true')
    expect(value(`io.jwt.verify_hs${size}(data.tests.signed("HS${size}", data.tests.secret), "Secret")`)).toBe('false')
  })

  test.each([
    ['RS256', 'rs256', 'rootKey', 'root'],
    ['RS512', 'rs512', 'rootKey', 'root'],
    ['PS256', 'ps256', 'rootKey', 'root'],
    ['PS384', 'ps384', 'rootKey', 'root'],
    ['ES384', 'es384', 'leafKey', 'leaf'],
  ])('are signed with %s and verified by certificate and by JWK', (algorithm, suffix, key, certificate) => {
    const token = `data.tests.signed("${algorithm}", data.tests.key(input.${key}))`
    expect(value(`io.jwt.verify_${suffix}(${token}, input.${certificate})`)).toBe('true')
    expect(value(`io.jwt.verify_${suffix}(${token}, data.tests.public(data.tests.key(input.${key})))`)).toBe('true')
    expect(value(`io.jwt.verify_${suffix}(${token}, input.${certificate === 'root' ? 'leaf' : 'root'})`)).toBe('false')
  })

  test('are signed with Ed25519', () => {
    const key = 'data.tests.key(input.edKey)'
    expect(value(`io.jwt.verify_eddsa(data.tests.signed("EdDSA", ${key}), data.tests.public(${key}))`)).toBe('true')
  })

  test('are decoded, those within tokens too', () => {
    expect(value('io.jwt.decode(data.tests.plain({"sub": 1}))[1]')).toBe('{"sub": 1}')
    const outer =
      'io.jwt.encode_sign_raw(`{"alg":"HS256","cty":"JWT"}`, json.marshal(data.tests.plain({"in": 1})), json.marshal(data.tests.secret))'
    expect(value(`io.jwt.decode(${outer})[1]`)).toBe('{"in": 1}')
  })

  test.each([
    ['"x"', 'no period'],
    ['"a.b"', '3 sections, found 2'],
    ['"e^0.e30.YQ"', 'JWT header had invalid encoding: illegal base64 data at input byte 1'],
    ['"e30.e30.Y+Q"', 'JWT signature had invalid encoding'],
    ['"W10.e30.YQ"', 'not an Object'],
    [`"${btoa('{"enc":"x"}')}.e30.YQ"`, 'JWE'],
  ])('that are none are errors: %s', (token, reason) => {
    expect(message(`io.jwt.decode(${token})`)).toContain(reason)
  })

  test('do not nest without an end', () => {
    const policy = `${RULES}
wrap(t) := io.jwt.encode_sign_raw(\`{"alg":"HS256","cty":"JWT"}\`, json.marshal(t), json.marshal(secret))
four(t) := wrap(wrap(wrap(wrap(t))))
`
    const query =
      'io.jwt.decode(data.tests.four(data.tests.four(data.tests.four(data.tests.four(data.tests.four(data.tests.plain({})))))))'
    expect(text(policy, query, { strictBuiltinErrors: true })).toBe('eval_builtin_error')
  })
})

describe('decode_verify', () => {
  test.each([
    ['{}', '{}', 'true'],
    ['{"iss": "x"}', '{"iss": "x"}', 'true'],
    ['{"iss": "x"}', '{"iss": "y"}', 'false'],
    ['{"aud": ["a", "b"]}', '{"aud": "b"}', 'true'],
    ['{"aud": "a"}', '{}', 'false'],
    ['{"exp": 1900000000}', '{}', 'true'],
    ['{"exp": 1700000000}', '{}', 'false'],
    ['{"exp": 1700000000}', '{"time": 1600000000000000000}', 'true'],
    ['{"nbf": 1800000000.5}', '{}', 'false'],
    ['{"nbf": 1800000000}', '{}', 'true'],
    ['{}', '{"alg": "HS512"}', 'false'],
  ])('%s under %s: %s', (claims, constraints, holds) => {
    const query = `io.jwt.decode_verify(data.tests.plain(${claims}), object.union({"secret": "secret"}, ${constraints}))[0]`
    expect(value(query)).toBe(holds)
  })

  test('tells of constraints that are none', () => {
    const decode = (constraints: string): string =>
      message(`io.jwt.decode_verify(data.tests.plain({}), ${constraints})`)
    expect(decode('{}')).toContain('no key constraint')
    expect(decode('{"secret": 1}')).toContain('must be a string')
    expect(decode('{"secret": "a", "x": 1}')).toContain('unknown token validation constraint')
    expect(decode('{"secret": "a", "time": -1}')).toContain('must not be negative')
  })

  test('takes no algorithm for another one', () => {
    // The text of a public key is no secret.
    const forged = 'io.jwt.encode_sign({"alg": "HS256"}, {}, {"kty": "oct", "k": base64url.encode_no_pad(input.root)})'
    expect(value(`io.jwt.decode_verify(${forged}, {"cert": input.root})[0]`)).toBe('false')
    expect(value(`io.jwt.decode_verify("eyJhbGciOiJub25lIn0.e30.", {"secret": "secret"})[0]`)).toBe('false')
  })
})

test('reading any text throws nothing but what it should', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (token, key) => {
      const calls = [
        'io.jwt.decode(input.t)',
        'io.jwt.verify_rs256(input.t, input.k)',
        'io.jwt.decode_verify(input.t, {"cert": input.k})',
      ]
      for (const call of calls) {
        const { problem } = run('package tests', call, { input: { t: token, k: key }, strictBuiltinErrors: true })
        expect(problem?.code ?? 'eval_builtin_error').toBe('eval_builtin_error')
      }
    }),
    { numRuns: 50 },
  )
})
