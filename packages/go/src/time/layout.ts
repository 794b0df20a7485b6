/** Layouts of Go's `time`: what a text such as `2006-01-02` stands for, which is an example of a certain moment. */

/** A part of a layout that stands for something. */
export type Field =
  | 'year'
  | 'short year'
  | 'month name'
  | 'short month name'
  | 'month'
  | 'padded month'
  | 'weekday name'
  | 'short weekday name'
  | 'day'
  | 'spaced day'
  | 'padded day'
  | 'spaced year day'
  | 'padded year day'
  | 'hour'
  | 'hour of 12'
  | 'padded hour of 12'
  | 'minute'
  | 'padded minute'
  | 'second'
  | 'padded second'
  | 'PM'
  | 'pm'
  | 'zone name'
  | 'offset'
  | 'fraction'
  | 'trimmed fraction'

/** A piece of a layout: text, then what the field at its end stands for. */
export interface LayoutPart {
  readonly prefix: string
  /** Undefined at the end of the layout. */
  readonly field: Field | undefined
  /** The field as it is written: `2006`, `-07:00`, `.000`. */
  readonly written: string
}

/** Fields that are the same wherever they stand, the longer ones first. */
const WORDS: readonly (readonly [string, Field])[] = [
  ['January', 'month name'],
  ['Monday', 'weekday name'],
  ['MST', 'zone name'],
  ['002', 'padded year day'],
  ['01', 'padded month'],
  ['02', 'padded day'],
  ['03', 'padded hour of 12'],
  ['04', 'padded minute'],
  ['05', 'padded second'],
  ['06', 'short year'],
  ['15', 'hour'],
  ['1', 'month'],
  ['2006', 'year'],
  ['2', 'day'],
  ['__2', 'spaced year day'],
  ['_2', 'spaced day'],
  ['3', 'hour of 12'],
  ['4', 'minute'],
  ['5', 'second'],
  ['PM', 'PM'],
  ['pm', 'pm'],
  ['-070000', 'offset'],
  ['-07:00:00', 'offset'],
  ['-0700', 'offset'],
  ['-07:00', 'offset'],
  ['-07', 'offset'],
  ['Z070000', 'offset'],
  ['Z07:00:00', 'offset'],
  ['Z0700', 'offset'],
  ['Z07:00', 'offset'],
  ['Z07', 'offset'],
]

/** The pieces of a layout; the last one has no field. */
export function layoutParts(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = []
  let start = 0
  for (let at = 0; at < layout.length;) {
    const found = fieldAt(layout, at)
    if (found === undefined) {
      at++
      continue
    }
    const [written, field] = found
    parts.push({ prefix: layout.slice(start, at), field, written })
    at += written.length
    start = at
  }
  parts.push({ prefix: layout.slice(start), field: undefined, written: '' })
  return parts
}

function fieldAt(layout: string, at: number): readonly [string, Field] | undefined {
  // Before a year it is an underscore.
  if (layout.startsWith('_2006', at)) return undefined
  const word = WORDS.find(([text]) => layout.startsWith(text, at))
  if (word !== undefined) return word
  if (!/[a-z]/.test(layout[at + 3] ?? '')) {
    if (layout.startsWith('Jan', at)) return ['Jan', 'short month name']
    if (layout.startsWith('Mon', at)) return ['Mon', 'short weekday name']
  }
  FRACTION.lastIndex = at
  const [fraction] = FRACTION.exec(layout) ?? []
  if (fraction === undefined) return undefined
  return [fraction, fraction[1] === '0' ? 'fraction' : 'trimmed fraction']
}

const FRACTION = /[.,](?:0+|9+)(?![0-9])/y
