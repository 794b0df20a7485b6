/** The kernel's tables of sockets, such as `/proc/net/tcp6` (proc_net_tcp(5)). */

/** A socket that waits for whoever comes. */
export interface OpenPort {
  readonly transport: Transport
  readonly localAddress: string
  readonly localPort: number
  readonly remoteAddress: string
  readonly remotePort: number
}

/** Protocols that have such tables. */
export type Transport = 'icmp' | 'tcp' | 'udp'

/** States of sockets that wait (include/net/tcp_states.h): LISTEN for TCP, for the others CLOSE, which is unconnected. */
const WAITING: Readonly<Record<Transport, string>> = { tcp: '0A', udp: '07', icmp: '07' }

/** The waiting sockets of a table such as `/proc/net/tcp6` (proc_net_tcp(5)); lines that are none are left out. */
export function parseSockets(table: string, transport: Transport): OpenPort[] {
  const waiting = WAITING[transport]
  return table.split('\n').flatMap((line) => {
    // Busy nodes have many thousand connections, and few of them wait.
    if (!line.includes(` ${waiting}`)) return []
    const [, local = '', remote = '', state] = line.trim().split(/\s+/, 4)
    if (state !== waiting) return []
    const [here, there] = [parseEndpoint(local), parseEndpoint(remote)]
    if (here === undefined || there === undefined) return []
    return [
      {
        transport,
        localAddress: here.address,
        localPort: here.port,
        remoteAddress: there.address,
        remotePort: there.port,
      },
    ]
  })
}

/** `0100007F:1F90` is 127.0.0.1, port 8080: the address is written in words of four bytes, lowest first. */
function parseEndpoint(text: string): { address: string; port: number } | undefined {
  const [, words = '', port = ''] = /^((?:[\dA-F]{8}){4}|[\dA-F]{8}):([\dA-F]{4})$/i.exec(text) ?? []
  if (port === '') return undefined
  const bytes = (words.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  )
  const address = bytes.length === 4 ? bytes.join('.') : shortIpv6(bytes)
  return { address, port: Number.parseInt(port, 16) }
}

/** An IPv6 address as RFC 5952 writes it: the longest run of two or more zero groups, the first of equals, becomes `::`. */
function shortIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0))
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`
  let [start, length] = [-1, 1]
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && groups[to] === 0) to++
    if (to - from > length) [start, length] = [from, to - from]
  }
  return start < 0 ? hexText(groups) : `${hexText(groups.slice(0, start))}::${hexText(groups.slice(start + length))}`
}

function hexText(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':')
}
