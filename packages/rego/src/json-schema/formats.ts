/** Formats of texts that schemas ask for; formats without a rule here match every text. */
import { TimeError, parseAddress, parseTime, parseUrl } from '@kubescape/go'
import { PatternError, compile } from '@kubescape/regex'

const DATE = '2006-01-02'
const TIMES = ['15:04:05', '15:04:05Z07:00']
const MOMENT = '2006-01-02T15:04:05Z07:00'
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/
const RELATIVE_POINTER = /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/
const TEMPLATE = /^[^{}]*(?:\{[^{}]*\}[^{}]*)*$/
/** Longer texts have no format: reading them would take too long. */
const MOST_TEXT = 10_000

const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', (text) => isTime([DATE], text)],
  ['time', (text) => isTime(TIMES, text)],
  ['date-time', (text) => isTime([...TIMES, DATE, MOMENT], text)],
  ['email', isEmail],
  ['idn-email', isEmail],
  ['hostname', (text) => text.length < 256 && text.split('.').every((label) => LABEL.test(label))],
  ['ipv4', (text) => text.includes('.') && parseAddress(text) !== undefined],
  ['ipv6', (text) => text.includes(':') && parseAddress(text) !== undefined],
  ['uri', isUri],
  ['iri', isUri],
  ['uri-reference', isReference],
  ['iri-reference', isReference],
  ['uri-template', (text) => isReference(text.replaceAll(/[{}]/g, '')) && TEMPLATE.test(text)],
  ['uuid', (text) => UUID.test(text)],
  ['regex', isPattern],
  ['json-pointer', (text) => POINTER.test(text)],
  ['relative-json-pointer', (text) => RELATIVE_POINTER.test(text)],
])

/** Whether a text has the format. */
export function hasFormat(format: string, text: string): boolean {
  const check = FORMATS.get(format)
  return check === undefined || (text.length <= MOST_TEXT && check(text))
}

function isTime(layouts: readonly string[], text: string): boolean {
  return layouts.some((layout) => {
    try {
      parseTime(layout, text)
      return true
    } catch (error) {
      if (error instanceof TimeError) return false
      throw error
    }
  })
}

function isEmail(text: string): boolean {
  const address = /^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text
  return /^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+$/.test(address) && !/(?:^|@)\.|\.\.|\.(?:@|$)/.test(address)
}

function isUri(text: string): boolean {
  const parsed = parseUrl(text)
  return 'url' in parsed && parsed.url.scheme !== '' && !text.includes('\\')
}

function isReference(text: string): boolean {
  return 'url' in parseUrl(text) && !text.includes('\\')
}

function isPattern(text: string): boolean {
  try {
    compile(text)
    return true
  } catch (error) {
    if (error instanceof PatternError) return false
    throw error
  }
}
