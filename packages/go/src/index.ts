/** How Go writes and reads numbers, texts, times and addresses. Nothing of it knows values of templates or policies. */
export {
  RUNE_ERROR,
  byteLength,
  codePointOf,
  fromByteText,
  fromBytes,
  runeCount,
  runes,
  sliceBytes,
  toByteText,
  toBytes,
} from './bytes.ts'
export { parseAddress, printAddress } from './ip-address.ts'
export { floatText, formatFloat } from './number-text.ts'
export { parseFloat64, parseInteger, parseUnsigned } from './parse-number.ts'
export { canBackquote, isPrintable, quote } from './quote.ts'
export {
  isDigit,
  isLetter,
  isLower,
  isNumber,
  isPunctuation,
  isSpace,
  isTitle,
  isUpper,
  toLower,
  toTitle,
  toUpper,
} from './unicode.ts'
export { escapeUrlPart } from './url-escapes.ts'
export { type Url, hostnameOf, parseUrl, printUrl } from './url.ts'
export { type JsonForm, readJsonText } from './encoding/json-reader.ts'
export { type Corrupt, decodeBase32, decodeBase64, encodeBase32, encodeBase64 } from './encoding/base64.ts'
export {
  type Element as DerElement,
  TAG,
  bitString,
  element,
  hexBytes,
  integer,
  objectId,
  readElements,
  sequence,
  sequenceOf,
  text,
} from './encoding/der.ts'
export { decodePem, encodePem } from './encoding/pem.ts'
export { Flags, pad } from './format/flags.ts'
export { formatFloating, formatInteger, goUnsigned } from './format/numbers.ts'
export { formatText } from './format/texts.ts'
export { DAY_SECONDS, MONTHS, WEEKDAYS, civilOf, daysIn, secondsOf, weekdayOf, yearDayOf } from './time/calendar.ts'
export { type WallTime, formatTime } from './time/format-time.ts'
export { type Field, layoutParts } from './time/layout.ts'
export { SECOND, formatDuration, parseDuration, roundDuration } from './time/duration.ts'
export { type Moment, parseTime } from './time/parse-time.ts'
export { TimeError } from './time/time-error.ts'
export { UTC, type Zone, findZone, fixedZone } from './time/zone.ts'
export * from './hashes.ts'
