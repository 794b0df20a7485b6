/** Loaded before the program: writes a line for everything that would use a network, to the file that NETWORK_USES names. */
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

const file = process.env['NETWORK_USES'] ?? ''

const connect: unknown = Reflect.get(net.Socket.prototype, 'connect')
Object.assign(net.Socket.prototype, {
  connect(this: net.Socket, ...args: unknown[]): unknown {
    appendFileSync(file, 'connect\n')
    return Reflect.apply(connect as () => unknown, this, args)
  },
})

for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const) {
  const real = dns[name]
  Object.assign(dns, {
    [name]: (...args: unknown[]): unknown => {
      appendFileSync(file, `${name}\n`)
      return Reflect.apply(real, dns, args)
    },
  })
}
