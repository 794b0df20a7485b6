/** Certificates for servers of tests, made as they are needed: no key lies in the repository, and none expires. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

import type { ServerIdentity } from './receiver.ts'

const DAY_MS = 86_400_000
const [INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID, UTF8, UTC_TIME, SEQUENCE, SET] = [
  0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x30, 0x31,
]
const OBJECT_IDS = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  subjectAltName: '0603551d11',
  basicConstraints: '0603551d13',
} as const

/** A certificate that signs itself, for `127.0.0.1`, or for another host name (RFC 5280, 4.1). */
export function selfSigned(host = '127.0.0.1'): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = der(SEQUENCE, known('ecdsaWithSha256'))
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, known('commonName'), der(UTF8, Buffer.from('kubescape test')))))
  const validity = der(SEQUENCE, time(Date.now() - DAY_MS), time(Date.now() + 7 * DAY_MS))
  const isAddress = /^[\d.]+$/.test(host)
  const alternative = isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host))
  const extensions = der(
    SEQUENCE,
    extension('subjectAltName', der(SEQUENCE, alternative)),
    extension('basicConstraints', der(SEQUENCE, der(0x01, Buffer.of(0xff)))),
  )
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(1)),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const certificate = der(SEQUENCE, content, algorithm, bits(sign(content, privateKey)))
  return { cert: pem(certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

function known(name: keyof typeof OBJECT_IDS): Buffer {
  const id = Buffer.from(OBJECT_IDS[name], 'hex')
  if (id[0] !== OBJECT_ID) throw new Error(`${name} is no object identifier`)
  return id
}

function extension(name: keyof typeof OBJECT_IDS, value: Buffer): Buffer {
  return der(SEQUENCE, known(name), der(OCTET_STRING, value))
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '')
  return der(UTC_TIME, Buffer.from(`${digits.slice(2, 14)}Z`))
}

function bits(content: Buffer): Buffer {
  return der(BIT_STRING, Buffer.of(0), content)
}

function sign(content: Buffer, key: KeyObject): Buffer {
  return createSign('sha256').update(content).sign(key)
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
