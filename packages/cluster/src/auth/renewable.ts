/** Proofs that cost something to get: asked for once, kept until they expire or are refused. */
import type { Credential, Credentials } from './credential.ts'

/** A proof is not used in its last moments: it has a way to go. */
const EARLY_MS = 5000

interface Making {
  readonly promise: Promise<Credential>
  readonly controller: AbortController
  waiting: number
}

/** However many requests wait for a proof, it is made once; nobody waiting any longer, it is given up. */
export class Renewable implements Credentials {
  readonly #make: (signal: AbortSignal) => Promise<Credential>
  #known: Credential | undefined
  #making: Making | undefined

  constructor(make: (signal: AbortSignal) => Promise<Credential>) {
    this.#make = make
  }

  async get(signal: AbortSignal): Promise<Credential> {
    const known = this.#known
    if (known !== undefined && (known.expiresAt === undefined || known.expiresAt - EARLY_MS > Date.now())) return known
    signal.throwIfAborted()
    const making = (this.#making ??= this.#start())
    making.waiting++
    let abort: (() => void) | undefined
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason as Error)
      signal.addEventListener('abort', abort, { once: true })
    })
    try {
      return await Promise.race([making.promise, aborted])
    } finally {
      if (abort !== undefined) signal.removeEventListener('abort', abort)
      if (--making.waiting === 0) {
        this.#end(making)
        making.controller.abort(new Error('nobody waits for it any longer'))
      }
    }
  }

  forget(refused: Credential): boolean {
    // Others may have renewed it already.
    if (this.#known !== undefined && this.#known.authorization === refused.authorization) this.#known = undefined
    return true
  }

  #start(): Making {
    const controller = new AbortController()
    const promise = this.#make(controller.signal).then((credential) => {
      this.#known = credential
      return credential
    })
    return { promise, controller, waiting: 0 }
  }

  #end(making: Making): void {
    if (this.#making === making) this.#making = undefined
  }
}
