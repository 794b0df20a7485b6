import { describe, expect, test } from 'vitest'
import { callFunction as call, testContext } from '../../testing/call-function.ts'
import { decodePem, readElements } from '@kubescape/go'
import { List, type Sized, Sized as SizedNumber, type Struct } from '@kubescape/go-template'
import { sprigFunctions } from './index.ts'

test.each([
  ['sha1sum', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['sha256sum', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['adler32sum', 'abc', '38600999'],
  ['b64enc', 'h\u00e9\udcff', 'aMOp/w=='],
  ['b64dec', 'aMOp\n/w==', 'h\u00e9\udcff'],
  ['b64dec', 'aMO=p', 'illegal base64 data at input byte 4'],
  ['b64dec', 'a', 'illegal base64 data at input byte 0'],
  ['b64dec', 'abcd=', 'illegal base64 data at input byte 4'],
  ['b64dec', 'ab=', 'illegal base64 data at input byte 3'],
  ['b64dec', '', ''],
  ['b32enc', 'coffee', 'MNXWMZTFMU======'],
  ['b32dec', 'MNXWMZTFMU======', 'coffee'],
  ['b32dec', 'MNXWMZTFMU=====', 'illegal base32 data at input byte 15'],
  ['b32dec', '1', 'illegal base32 data at input byte 0'],
])('%s of %j', (name, text, result) => {
  expect(call(name, text)).toBe(result)
})

describe('passwords', () => {
  const counter = (value: bigint): Sized => new SizedNumber('uint32', value)

  test('are derived', () => {
    expect(call('derivePassword', counter(1n), 'pin', 'password', 'user', 'example.com')).toBe('6685')
    expect(call('derivePassword', counter(1n), 'none', 'p', 'u', 's')).toBe('cannot find password template none')
  })

  test('are hashed, and a name with a colon is refused', () => {
    expect(call('htpasswd', 'user', 'pass')).toMatch(/^user:\$2a\$10\$[./A-Za-z0-9]{53}$/)
    expect(call('htpasswd', 'a:b', 'pass')).toBe('invalid username: a:b')
    expect(call('bcrypt', 'x'.repeat(73))).toMatch(/password length exceeds 72 bytes$/)
  })

  test('what is slow costs many steps', () => {
    const context = testContext()
    sprigFunctions.get('bcrypt')?.call(['x'], context)
    expect(context.spent.reduce((a, b) => a + b, 0)).toBeGreaterThan(100_000)
    expect(context.isSynthetic()).toBe(true)
  })
})

describe('encryption', () => {
  test('can be undone', () => {
    const secret = call('encryptAES', 'key', 'h\u00e9llo')
    expect(call('decryptAES', 'key', secret)).toBe('h\u00e9llo')
    expect(call('encryptAES', 'key', '')).toBe('')
  })

  test('of broken texts fails', () => {
    expect(() => call('decryptAES', 'key', '!')).toThrow('illegal base64 data at input byte 0')
    expect(() => call('decryptAES', 'key', 'YWJj')).toThrow('not full blocks')
  })
})

describe('random values', () => {
  test.each([
    ['randAlphaNum', /^[A-Za-z0-9]{40}$/],
    ['randAlpha', /^[A-Za-z]{40}$/],
    ['randNumeric', /^[0-9]{40}$/],
    ['randAscii', /^[ -~]{40}$/],
  ])('%s', (name, shape) => {
    expect(call(name, 40n)).toMatch(shape)
    expect(call(name, 0n)).toBe('')
    expect(call(name, -1n)).toBe('')
  })

  test('others', () => {
    expect(call('uuidv4')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(call('randBytes', 6n)).toMatch(/^[A-Za-z0-9+/]{8}$/)
    expect(call('randInt', 5n, 6n)).toBe(5n)
    expect(() => call('randInt', 5n, 5n)).toThrow('invalid argument to Intn')
    expect(
      Array.from(call('shuffle', 'abcd') as string)
        .toSorted()
        .join(''),
    ).toBe('abcd')
  })
})

describe('keys and certificates', () => {
  const pem = (pair: Struct, field: string): string => pair.field(field) as string

  test.each([
    ['', 'RSA PRIVATE KEY'],
    ['rsa', 'RSA PRIVATE KEY'],
    ['dsa', 'DSA PRIVATE KEY'],
    ['ecdsa', 'EC PRIVATE KEY'],
    ['ed25519', 'PRIVATE KEY'],
  ])('a key %s', (kind, label) => {
    const key = call('genPrivateKey', kind) as string
    expect(key.startsWith(`-----BEGIN ${label}-----\n`)).toBe(true)
    expect(readElements(decodePem(key) ?? new Uint8Array())).toHaveLength(1)
  })

  test('a kind that does not exist is told', () => {
    expect(call('genPrivateKey', 'bad')).toBe('Unknown type bad')
  })

  test('a certificate says what was asked for, and that it is a placeholder', () => {
    const authority = call('genCA', 'authority-1', 365n) as Struct
    const names = new List(['web.example.com'])
    const pair = call('genSignedCert', 'w\u00e9b', new List(['10.0.0.1', 'fe80::1']), names, 365n, authority) as Struct
    const bytes = String.fromCharCode(...(decodePem(pem(pair, 'Cert')) ?? []))
    for (const part of [
      'authority-1',
      'w\u00c3\u00a9b',
      'web.example.com',
      '\n\0\0\u0001',
      'placeholder-cert',
      '240102030405Z',
      '250101030405Z',
    ]) {
      expect(bytes).toContain(part)
    }
    expect(pem(pair, 'Key')).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
  })

  test('one that is given is taken', () => {
    const pair = call('genSelfSignedCert', 'self', new List([]), new List([]), 1n) as Struct
    const encoded = ['Cert', 'Key'].map((field) => call('b64enc', pem(pair, field)))
    const built = call('buildCustomCert', ...encoded) as Struct
    expect([built.field('Cert'), built.field('Key')]).toEqual([pair.field('Cert'), pair.field('Key')])
    expect(() => call('buildCustomCert', 'eA==', encoded[1])).toThrow('unable to decode certificate')
    expect(() => call('buildCustomCert', '?', encoded[1])).toThrow('unable to decode base64 certificate')
    expect(call('genCAWithKey', 'ca', 1n, pem(pair, 'Key'))).toMatchObject({ key: pem(pair, 'Key') })
    expect(() => call('genCAWithKey', 'ca', 1n, 'x')).toThrow('parsing private key')
  })

  test.each([
    [new List(['256.0.0.1']), 'error parsing ip: 256.0.0.1'],
    [new List([5n]), 'error parsing ip: 5 is not a string'],
    [new List(['1::2::3']), 'error parsing ip: 1::2::3'],
  ])('addresses have to be some', (addresses, message) => {
    expect(() => call('genSelfSignedCert', 'x', addresses, new List([]), 1n)).toThrow(message)
  })
})
