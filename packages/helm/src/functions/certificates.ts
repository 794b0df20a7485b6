/** sprig's functions for keys and certificates. All are placeholders: of the right form, and worth nothing. */
import { decodeBase64, decodePem, fromBytes, parseAddress } from '@kubescape/go'
import { makeCertificate, readIssuer, type CertificateRequest } from '../cryptography/certificate.ts'
import { placeholderKey, rsaKey, type KeyKind } from '../cryptography/placeholder-keys.ts'
import {
  type CallContext,
  Dict,
  FunctionError,
  type GoFunction,
  List,
  MISSING,
  type ParameterType,
  Struct,
  type Value,
  plain,
  sprint,
} from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

/** What it takes to make a key or a certificate, in steps. */
const STEPS = 5000
/** For each name or address in a certificate. */
const NAME_STEPS = 20
const KEY_KINDS: ReadonlyMap<string, KeyKind> = new Map([
  ['', 'rsa'],
  ['rsa', 'rsa'],
  ['dsa', 'dsa'],
  ['ecdsa', 'ecdsa'],
  ['ed25519', 'ed25519'],
])

/** Common name, addresses and other names. */
const SUBJECT: readonly ParameterType[] = ['string', '[]interface {}', '[]interface {}']

/** A certificate and its key, both PEM. */
class CertificatePair extends Struct {
  readonly type = 'sprig.certificate'
  readonly certificate: string
  readonly key: string

  constructor(certificate: string, key: string) {
    super()
    this.certificate = certificate
    this.key = key
  }

  override field(name: string): Value | typeof MISSING {
    if (name === 'Cert') return this.certificate
    return name === 'Key' ? this.key : MISSING
  }

  override method(): undefined {
    return undefined
  }

  override print(): string {
    return `{${this.certificate} ${this.key}}`
  }

  override json(): Value {
    return new Dict(
      new Map([
        ['Cert', this.certificate],
        ['Key', this.key],
      ]),
    )
  }
}

const genPrivateKey: GoFunction = {
  parameters: ['string'],
  call: ([kind], context) => {
    const known = KEY_KINDS.get(kind as string)
    if (known === undefined) return `Unknown type ${kind as string}`
    make(context)
    return placeholderKey(known)
  },
}

const buildCustomCert: GoFunction = {
  parameters: ['string', 'string'],
  call: ([certificate, key]) => {
    const [certificatePem, keyPem] = [decodeText(certificate, 'certificate'), decodeText(key, 'private key')]
    if (readIssuer(certificatePem) === undefined) throw new FunctionError('unable to decode certificate')
    if (decodePem(keyPem) === undefined) throw new FunctionError('unable to decode private key')
    return new CertificatePair(certificatePem, keyPem)
  },
}

/** `genCA`, `genSignedCert`, `genPrivateKey` and the like. */
export const certificateFunctions: FunctionFamily = new Map([
  ['genPrivateKey', genPrivateKey],
  ['buildCustomCert', buildCustomCert],
  ...generators('genCA', ['string', 'int'], ([commonName, days]) => ({ commonName, days, isAuthority: true })),
  ...generators('genSelfSignedCert', [...SUBJECT, 'int'], ([commonName, addresses, names, days]) => ({
    commonName,
    addresses,
    names,
    days,
  })),
  ...generators('genSignedCert', [...SUBJECT, 'int', 'struct'], ([commonName, addresses, names, days, authority]) => ({
    commonName,
    addresses,
    names,
    days,
    authority,
  })),
])

/** The arguments of a generator. */
interface Wanted {
  readonly commonName: Value
  readonly days: Value
  readonly addresses?: Value
  readonly names?: Value
  readonly authority?: Value
  readonly isAuthority?: boolean
}

/** A function and its twin, which takes the key as well. */
function generators(
  name: string,
  parameters: readonly ParameterType[],
  wanted: (args: readonly Value[]) => Wanted,
): (readonly [string, GoFunction])[] {
  const call = (args: readonly Value[], key: string, context: CallContext): Value => {
    make(context)
    return new CertificatePair(makeCertificate(requestOf(wanted(args), context)), key)
  }
  return [
    [name, { parameters, call: (args, context) => call(args, rsaKey(2048).privateKey, context) }],
    [
      `${name}WithKey`,
      {
        parameters: [...parameters, 'string'],
        call: (args, context) => {
          const key = args.at(-1) as string
          if (decodePem(key) === undefined) throw new FunctionError('parsing private key: no PEM data in input')
          return call(args, key, context)
        },
      },
    ],
  ]
}

function make(context: CallContext): void {
  context.spend(STEPS)
  context.synthetic()
}

function requestOf(wanted: Wanted, context: CallContext): CertificateRequest {
  const { authority } = wanted
  const issuer = authority instanceof CertificatePair ? readIssuer(authority.certificate) : undefined
  if (authority !== undefined && issuer === undefined) throw new FunctionError('unable to decode certificate')
  const [addresses, names] = [itemsOf(wanted.addresses), itemsOf(wanted.names)]
  context.spend(NAME_STEPS * (addresses.length + names.length))
  return {
    commonName: wanted.commonName as string,
    addresses: addresses.map(addressOf),
    dnsNames: names.map(dnsNameOf),
    from: context.now,
    // More than a calendar holds is as good as for ever.
    days: Math.min(Math.max(Number(wanted.days), -100_000), 2_000_000),
    isAuthority: wanted.isAuthority === true,
    issuer,
  }
}

function itemsOf(value: Value): Value[] {
  return value instanceof List ? value.items : []
}

function addressOf(item: Value): Uint8Array {
  const text = plain(item)
  if (typeof text !== 'string') throw new FunctionError(`error parsing ip: ${sprint(text)} is not a string`)
  const address = parseAddress(text)
  if (address === undefined) throw new FunctionError(`error parsing ip: ${text}`)
  return address
}

function dnsNameOf(item: Value): string {
  const text = plain(item)
  if (typeof text === 'string') return text
  throw new FunctionError(`error processing alternate dns name: ${sprint(text)} is not a string`)
}

function decodeText(value: Value, noun: string): string {
  const bytes = decodeBase64(value as string)
  if ('problem' in bytes) throw new FunctionError(`unable to decode base64 ${noun}: ${bytes.problem}`)
  return fromBytes(bytes)
}
