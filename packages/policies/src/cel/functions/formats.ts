/** Formats of names and values that Kubernetes knows: `format.dns1123Label().validate(text)`. */
import { decodeBase64 } from '@kubescape/go'

import type { Run } from '../run.ts'
import { CelError, NONE, Opaque, Optional, type Value } from '../values/value.ts'
import { parseTimestamp } from '../values/times.ts'
import { isUrl } from './urls.ts'
import type { FunctionTable, Library } from './library.ts'

/** A rule for texts. */
interface Rule {
  /** Greatest length; undefined where there is none. */
  readonly longest?: number
  readonly isValid: (text: string) => boolean
  readonly about: string
}

class NamedFormat extends Opaque {
  readonly typeName = 'kubernetes.NamedFormat'
  readonly name: string
  readonly rule: Rule

  constructor(name: string, rule: Rule) {
    super()
    this.name = name
    this.rule = rule
  }

  override equals(other: Opaque): boolean {
    return other instanceof NamedFormat && other.name === this.name
  }
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const DNS_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

const isSubdomain = (text: string): boolean => text.split('.').every((part) => LABEL.test(part))
/** A prefix may end with a dash: a generated part follows. What is before the dash is not looked at either, as Kubernetes does. */
const withoutDash = (text: string): string => (text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)

const ABOUT_LABEL = 'must consist of lower case letters, digits and dashes, and begin and end with a letter or digit'
const ABOUT_SUBDOMAIN =
  'must consist of lower case letters, digits, dashes and dots, and begin and end with a letter or digit'
const ABOUT_1035 =
  'must consist of lower case letters, digits and dashes, begin with a letter and end with a letter or digit'

const RULES: Readonly<Record<string, Rule>> = {
  dns1123Label: { longest: 63, isValid: (text) => LABEL.test(text), about: ABOUT_LABEL },
  dns1123Subdomain: { longest: 253, isValid: isSubdomain, about: ABOUT_SUBDOMAIN },
  dns1035Label: { longest: 63, isValid: (text) => DNS_1035.test(text), about: ABOUT_1035 },
  qualifiedName: {
    isValid: isQualifiedName,
    about:
      'must be a name of up to 63 letters, digits, dashes, underscores and dots, with a DNS subdomain and a slash before it or none',
  },
  dns1123LabelPrefix: { longest: 63, isValid: (text) => LABEL.test(withoutDash(text)), about: ABOUT_LABEL },
  dns1123SubdomainPrefix: { longest: 253, isValid: (text) => isSubdomain(withoutDash(text)), about: ABOUT_SUBDOMAIN },
  dns1035LabelPrefix: { longest: 63, isValid: (text) => DNS_1035.test(withoutDash(text)), about: ABOUT_1035 },
  labelValue: {
    longest: 63,
    isValid: (text) => VALUE.test(text),
    about:
      'must be empty, or consist of letters, digits, dashes, underscores and dots, and begin and end with a letter or digit',
  },
  uri: { isValid: isUrl, about: 'must be an absolute URI or an absolute path' },
  uuid: {
    isValid: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
    about: 'does not match the UUID format',
  },
  byte: { isValid: (text) => text !== '' && decodeBase64(text) instanceof Uint8Array, about: 'invalid base64' },
  date: {
    isValid: (text) => !(parseTimestamp(`${text}T00:00:00Z`) instanceof CelError),
    about: 'invalid date: it is written as 2006-01-02',
  },
  datetime: {
    isValid: (text) => !(parseTimestamp(text.toUpperCase()) instanceof CelError),
    about: 'invalid datetime: it is written as 2006-01-02T15:04:05Z',
  },
}

export const FORMATS: Library = {
  functions: {
    ...namedFunctions(),
    'format.named(string): optional<Format>': (name: string) => {
      const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined
      return rule === undefined ? NONE : new Optional(new NamedFormat(name, rule))
    },
  },
  members: {
    'Format.validate(string): optional<list<string>>': ({ rule }: NamedFormat, text: string, run: Run) => {
      run.spendText(text.length)
      const problems = problemsOf(rule, text)
      return problems.length === 0 ? NONE : new Optional(problems)
    },
  },
}

function namedFunctions(): FunctionTable {
  return Object.fromEntries(
    Object.entries(RULES).map(([name, rule]) => [`format.${name}(): Format`, () => new NamedFormat(name, rule)]),
  )
}

function problemsOf({ longest, isValid, about }: Rule, text: string): Value & readonly string[] {
  const problems: string[] = []
  if (longest !== undefined && text.length > longest) problems.push(`must be no more than ${longest} characters`)
  if (!isValid(text)) problems.push(about)
  return problems
}

function isQualifiedName(text: string): boolean {
  const parts = text.split('/')
  const name = parts.at(-1) ?? ''
  if (parts.length > 2 || name === '' || name.length > 63 || !VALUE.test(name)) return false
  const [prefix] = parts
  return parts.length === 1 || (prefix !== undefined && prefix.length <= 253 && isSubdomain(prefix))
}
