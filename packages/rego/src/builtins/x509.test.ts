import { element, encodeBase64 } from '@kubescape/go'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'
import { ED_KEY, INTERMEDIATE, LEAF, LEAF_KEY, LEAF_REQUEST, ROOT, ROOT_KEY, STRAY } from '../../testing/keys.ts'

const input = {
  root: ROOT,
  leaf: LEAF,
  chain: ROOT + INTERMEDIATE + LEAF,
  stray: ROOT + INTERMEDIATE + STRAY,
  swapped: ROOT + LEAF,
  rootKey: ROOT_KEY,
  leafKey: LEAF_KEY,
  edKey: ED_KEY,
  request: LEAF_REQUEST,
}
/** In 2027. */
const now = 1_800_000_000_000_000_000n

function value(query: string): string {
  return text('package tests', query, { input, now, strictBuiltinErrors: true })
}

function message(query: string): string {
  return run('package tests', query, { input, now, strictBuiltinErrors: true }).problem?.message ?? 'none'
}

describe('certificates', () => {
  test('are read with their names, extensions and keys', () => {
    const first = 'crypto.x509.parse_certificates(input.leaf)[0]'
    expect(value(`${first}.Subject.CommonName`)).toBe('"leaf.test"')
    expect(value(`${first}.Subject.Country`)).toBe('["DE"]')
    expect(value(`${first}.Issuer.CommonName`)).toBe('"Test Intermediate"')
    expect(value(`${first}.DNSNames`)).toBe('["leaf.test", "*.web.test"]')
    expect(value(`${first}.IPAddresses`)).toBe('["10.0.0.1"]')
    expect(value(`${first}.URIStrings`)).toBe('["spiffe://test/leaf"]')
    expect(value(`${first}.URIs[0].Host`)).toBe('"test"')
    expect(value(`[${first}.Version, ${first}.PublicKeyAlgorithm, ${first}.SignatureAlgorithm]`)).toBe('[3, 3, 10]')
    expect(value(`${first}.ExtKeyUsage`)).toBe('[1]')
    expect(value(`${first}.EmailAddresses`)).toBe('null')
  })

  test('come from PEM, from base64 of PEM, and from base64 of DER', () => {
    expect(value('count(crypto.x509.parse_certificates(input.chain))')).toBe('3')
    expect(value('count(crypto.x509.parse_certificates(base64.encode(input.chain)))')).toBe('3')
    const der = ROOT.split('\n').slice(1, -2).join('')
    expect(value(`crypto.x509.parse_certificates("${der}")[0].IsCA`)).toBe('true')
  })

  test('that are none are errors', () => {
    expect(message('crypto.x509.parse_certificates("YmFkc3RyaW5n")')).toContain('malformed certificate')
    expect(message('crypto.x509.parse_certificates("-")')).toContain('illegal base64')
    expect(message('crypto.x509.parse_certificates(input.rootKey)')).toContain("'PRIVATE KEY'")
    const cut = ROOT.replace(/\n[^\n]{64}\n/, '\n')
    expect(
      text('package tests', 'crypto.x509.parse_certificates(input.cut)', { input: { cut }, strictBuiltinErrors: true }),
    ).toBe('eval_builtin_error')
  })
})

describe('a chain', () => {
  const verify = 'crypto.x509.parse_and_verify_certificates'

  test('is given from the leaf to the root', () => {
    expect(value(`[c.Subject.CommonName | c := ${verify}(input.chain)[1][_]]`)).toBe(
      '["leaf.test", "Test Intermediate", "Test Root"]',
    )
    expect(value(`${verify}(input.chain)[0]`)).toBe('true')
  })

  test.each([
    ['without what lies between', 'input.swapped'],
    ['with a name that an authority may not sign', 'input.stray'],
    ['of one certificate', 'input.root'],
    ['of what is no certificate', '"-"'],
  ])('%s is refused', (_, certificates) => {
    expect(value(`${verify}(${certificates})`)).toBe('[false, []]')
  })

  test.each([
    ['{"DNSName": "leaf.test"}', 'true'],
    ['{"DNSName": "a.web.test"}', 'true'],
    ['{"DNSName": "a.b.web.test"}', 'false'],
    ['{"DNSName": "10.0.0.1"}', 'true'],
    ['{"DNSName": "10.0.0.2"}', 'false'],
    ['{"CurrentTime": 1}', 'false'],
    ['{"KeyUsages": ["KeyUsageClientAuth"]}', 'false'],
    ['{"KeyUsages": {"KeyUsageAny"}}', 'true'],
  ])('with %s holds: %s', (options, holds) => {
    expect(value(`${verify}_with_options(input.chain, ${options})[0]`)).toBe(holds)
  })

  test('with options that are none is an error', () => {
    expect(message(`${verify}_with_options(input.chain, {"Name": "x"})`)).toContain('invalid key option')
    expect(message(`${verify}_with_options(input.chain, {"KeyUsages": ["x"]})`)).toContain('[x]')
  })
})

describe('private keys', () => {
  test('are read from PEM of any kind', () => {
    const keys = 'crypto.parse_private_keys(concat("", [input.leafKey, input.rootKey]))'
    expect(value(`[sort(object.keys(k)) | k := ${keys}[_]]`)).toBe(
      '[["Curve", "D", "X", "Y"], ["D", "E", "N", "Precomputed", "Primes"]]',
    )
    expect(value('count(crypto.parse_private_keys(input.edKey))')).toBe('1')
    expect(value('crypto.parse_private_keys("none")')).toBe('[]')
    expect(value('crypto.parse_private_keys("")')).toBe('null')
  })

  test('are JSON web keys', () => {
    expect(value('sort(object.keys(crypto.x509.parse_rsa_private_key(input.rootKey)))')).toBe(
      '["d", "dp", "dq", "e", "kty", "n", "p", "q", "qi"]',
    )
  })

  test('belong to the certificate that they stand with', () => {
    expect(value('crypto.x509.parse_keypair(input.leaf, input.leafKey).Leaf.Subject.CommonName')).toBe('"leaf.test"')
    expect(message('crypto.x509.parse_keypair(input.leaf, input.rootKey)')).toContain('type does not match')
  })
})

test('a request is read with its subject', () => {
  expect(value('crypto.x509.parse_certificate_request(input.request).Subject.OrganizationalUnit')).toBe('["Unit"]')
  expect(message('crypto.x509.parse_certificate_request("foobar")')).toContain('illegal base64')
})

describe('hostile certificates', () => {
  test('are errors, however they are broken', () => {
    const der = Uint8Array.from(atob(LEAF.split('\n').slice(1, -2).join('')), (char) => char.charCodeAt(0))
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), (at, byte, length) => {
        const broken = Uint8Array.from(der.subarray(0, length > at ? length : der.length))
        broken[at] = byte
        const text64 = btoa(String.fromCharCode(...broken))
        for (const call of ['parse_certificates', 'parse_and_verify_certificates', 'parse_certificate_request']) {
          const { problem } = run('package tests', `crypto.x509.${call}(input)`, {
            input: text64,
            strictBuiltinErrors: true,
          })
          expect(problem?.code ?? 'eval_builtin_error').toBe('eval_builtin_error')
        }
      }),
      { numRuns: 300 },
    )
  })

  test('do not hang', () => {
    const begins = Array.from({ length: 50_000 }, (_, at) => `-----BEGIN ${at}-----\n`).join('')
    expect(text('package tests', 'crypto.x509.parse_certificates(input)', { input: begins })).toBe('[]')
    // An identifier of half a million digits.
    const identifier = new Uint8Array(500_000).fill(0x81)
    const request = element(0x30, element(0x30, element(0x06, identifier)))
    const { problem } = run('package tests', 'crypto.x509.parse_certificate_request(input)', {
      input: encodeBase64(request),
      strictBuiltinErrors: true,
    })
    expect(problem?.code).toBe('eval_builtin_error')
  })
})
