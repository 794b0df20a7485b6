/** Addresses of the Internet Protocol. */

/** The 4 or 16 bytes of an address; undefined when the text is none. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseLong(text) : parseShort(text)
}

function parseShort(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)
  return isAddress ? Uint8Array.from(parts, Number) : undefined
}

function parseLong(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [before, after] = halves.map(groupsOf)
  if (before === undefined || (halves.length === 2 && after === undefined)) return undefined
  const missing = 8 - before.length - (after?.length ?? 0)
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...(after ?? [])]
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}

/** Groups of 16 bits; the last two may be written as a short address. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    const short = at === parts.length - 1 ? parseShort(part) : undefined
    if (short !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = short
      groups.push(a * 256 + b, c * 256 + d)
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16))
    } else {
      return undefined
    }
  }
  return groups
}

/** The text of an address of 4 or 16 bytes, the longest run of zeros left out: RFC 5952. */
export function printAddress(address: Uint8Array): string {
  if (address.length === 4) return address.join('.')
  const isMapped = address.subarray(0, 10).every((byte) => byte === 0) && address[10] === 0xff && address[11] === 0xff
  if (isMapped) return address.subarray(12).join('.')
  const groups = Array.from({ length: 8 }, (_, at) => ((address[2 * at] ?? 0) << 8) | (address[2 * at + 1] ?? 0))
  let [start, length] = [-1, 1]
  for (let at = 0; at < 8; at++) {
    let end = at
    while (groups[end] === 0) end++
    if (end - at > length) [start, length] = [at, end - at]
  }
  const texts = groups.map((group) => group.toString(16))
  if (start < 0) return texts.join(':')
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + length).join(':')}`
}
