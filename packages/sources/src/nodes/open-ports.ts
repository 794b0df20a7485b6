/** Ports on which a machine listens, from the tables of the kernel in `/proc/net`. */
import type { Machine } from './machine.ts'
import { parseSockets, type OpenPort, type Transport } from './socket-table.ts'
import { Unread } from './unread.ts'

/** Data of an OpenPortsList object. */
export interface OpenPorts {
  readonly tcpPorts: readonly OpenPort[]
  readonly udpPorts: readonly OpenPort[]
  readonly icmpPorts: readonly OpenPort[]
}

/** The ports of the network that the machine itself is in; undefined where the tables are missing. */
export function openPorts(machine: Machine): OpenPorts | undefined {
  // A collector in a Pod has a network of its own; that of the first process is the machine's.
  const directory = machine.firstPath(['/proc/1/net/tcp', '/proc/net/tcp'])?.replace(/\/tcp$/, '')
  if (directory === undefined) return undefined
  const ports = (transport: Transport): OpenPort[] | undefined => {
    const tables = [`${directory}/${transport}`, `${directory}/${transport}6`].map((path) => readTable(machine, path))
    return tables.every((table) => table === undefined)
      ? undefined
      : tables.flatMap((table) => parseSockets(table ?? '', transport))
  }
  const tcpPorts = ports('tcp')
  return tcpPorts && { tcpPorts, udpPorts: ports('udp') ?? [], icmpPorts: ports('icmp') ?? [] }
}

function readTable(machine: Machine, path: string): string | undefined {
  const table = machine.files.readBeginning(path, machine.limits.tableBytes)
  if (table instanceof Unread) {
    if (!table.isMissing) machine.note(path, table.why)
    return undefined
  }
  if (table.isCut) machine.note(path, `only the first ${machine.limits.tableBytes} bytes were read`)
  return table.bytes.toString('latin1')
}
