/** A span of time as templates see it. */
import { type GoFunction, MISSING, Sized, Struct, type Value, int64 } from '@kubescape/go-template'
import { SECOND, formatDuration, roundDuration } from '@kubescape/go'

/** Go's `time.Duration`. */
export class Duration extends Struct {
  readonly type = 'time.Duration'
  readonly nanoseconds: bigint

  constructor(nanoseconds: bigint) {
    super()
    this.nanoseconds = nanoseconds
  }

  override field(): typeof MISSING {
    return MISSING
  }

  override method(name: string): GoFunction | undefined {
    const { nanoseconds } = this
    switch (name) {
      case 'String':
        return getter(() => this.print())
      case 'Hours':
        return getter(() => Number(nanoseconds) / 3.6e12)
      case 'Minutes':
        return getter(() => Number(nanoseconds) / 6e10)
      case 'Seconds':
        return getter(() => Number(nanoseconds) / 1e9)
      case 'Milliseconds':
        return getter(() => int64(nanoseconds / 1_000_000n))
      case 'Microseconds':
        return getter(() => int64(nanoseconds / 1000n))
      case 'Nanoseconds':
        return getter(() => int64(nanoseconds))
      case 'Abs':
        return getter(() => new Duration(nanoseconds < 0n ? -nanoseconds : nanoseconds))
      case 'Round':
        return { parameters: ['any'], call: ([unit]) => new Duration(roundDuration(nanoseconds, nanosecondsOf(unit))) }
      case 'Truncate':
        return { parameters: ['any'], call: ([unit]) => new Duration(truncate(nanoseconds, nanosecondsOf(unit))) }
      default:
        return undefined
    }
  }

  override print(): string {
    return formatDuration(this.nanoseconds)
  }

  override json(): Value {
    return int64(this.nanoseconds)
  }
}

/** Nanoseconds of a number or a duration; 0 for anything else. */
export function nanosecondsOf(value: Value): bigint {
  if (value instanceof Duration) return value.nanoseconds
  if (typeof value === 'bigint') return value
  return value instanceof Sized && typeof value.value === 'bigint' ? value.value : 0n
}

/** The whole seconds and the rest of a span, the rest never negative. */
export function splitSeconds(nanoseconds: bigint): [seconds: number, nanosecond: number] {
  const rest = ((nanoseconds % SECOND) + SECOND) % SECOND
  return [Number((nanoseconds - rest) / SECOND), Number(rest)]
}

function truncate(nanoseconds: bigint, unit: bigint): bigint {
  return unit <= 0n ? nanoseconds : nanoseconds - (nanoseconds % unit)
}

function getter(get: () => Value): GoFunction {
  return { parameters: [], call: get }
}
