/** What processes of this machine do, where the system shows it in /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** True where this file can see processes. */
export const canSeeProcesses: boolean = process.platform === 'linux'

/** Ids of the living processes whose arguments contain a text. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && argumentsOf(pid).includes(text))
}

/** Addresses on which a process accepts TCP connections, such as `127.0.0.1:80` or, in IPv6, 32 hexadecimal digits and a port. */
export function listeningAddresses(pid: number): string[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)))
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && own.has(`socket:[${inode}]`))
      .map(([, address = '']) => readable(address)),
  )
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It has just ended.
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** IPv4 addresses are written in the byte order of the machine, which is little-endian wherever this runs. */
function readable(address: string): string {
  const [host = '', port = ''] = address.split(':')
  const number = Number.parseInt(port, 16)
  if (host.length !== 8) return `${host}:${number}`
  const bytes = Buffer.from(host, 'hex').toReversed()
  return `${bytes.join('.')}:${number}`
}
