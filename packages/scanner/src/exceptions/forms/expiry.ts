/** When an exception ends. */

const DATE = /^\d{4}-\d{2}-\d{2}$/
/** RFC 3339, section 5.6. */
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/

/** A date or a time as RFC 3339: a date lasts to its end, in UTC. Undefined for anything else. */
export function endOf(text: string): string | undefined {
  if (DATE.test(text)) return isDate(text) ? `${text}T23:59:59Z` : undefined
  const [, date] = TIME.exec(text) ?? []
  return date !== undefined && isDate(date) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** Not every day is in every month. */
function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
