import { describe, expect, test } from 'vitest'
import { sprint, sprintf, sprintln, sprintPrint } from './print.ts'
import { Dict, int64, LimitError, List, MISSING, Sized, Struct, Traced, type Value } from './value.ts'

class Named extends Struct {
  readonly type = '*chart.Named'
  field(): typeof MISSING {
    return MISSING
  }
  method(): undefined {
    return undefined
  }
  print(): string {
    return 'it'
  }
}

const bytes = new List(
  [0x68n, 0x69n].map((byte) => new Sized('uint8', byte)),
  'uint8',
)
const map = new Dict(
  new Map<string, Value>([
    ['b', 2n],
    ['a', new List([1.5, null, undefined, 'x'])],
  ]),
)

describe('a value in the output of a template', () => {
  test.each<[Value, string]>([
    [undefined, '<no value>'],
    [null, '<nil>'],
    ['text', 'text'],
    [true, 'true'],
    [5n, '5'],
    [int64(-7), '-7'],
    [new Sized('float32', Math.fround(0.1)), '0.1'],
    [100000, '100000'],
    [1000000, '1e+06'],
    [21000000, '2.1e+07'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Inf'],
    [map, 'map[a:[1.5 <nil> <nil> x] b:2]'],
    [bytes, '[104 105]'],
    [new Named(), 'it'],
    [new Traced('from values', []), 'from values'],
    [new List([new Traced(2, []), new Dict()]), '[2 map[]]'],
  ])('%# is %s', (value, text) => {
    expect(sprint(value)).toBe(text)
  })
})

test('print puts spaces between operands of which neither is a string', () => {
  expect(sprintPrint([1n, 2n, 'a', 3n, 'b', 'c', true, null])).toBe('1 2a3bctrue <nil>')
  expect(sprintPrint([undefined])).toBe('<nil>')
  expect(sprintPrint([])).toBe('')
})

test('println puts spaces between all operands and ends the line', () => {
  expect(sprintln(['a', 'b', 1n])).toBe('a b 1\n')
})

describe('printf', () => {
  test.each<[string, Value[], string]>([
    ['%s-%d %t', ['a', 5n, false], 'a-5 false'],
    [
      '%05d|%-5d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b|%c|%U',
      Array.from({ length: 13 }, () => 65n),
      '00065|65   |+65| 65|41|41|0x41|101|0101|0o101|1000001|A|U+0041',
    ],
    [
      '%6.2f|%-8.3f|%08.3f|%+.1e|%g|%G|%.3g',
      [3.24159, 2.5, -2.5, 12345.678, 1e21, 1e-7, 1234567],
      '  3.24|2.500   |-002.500|+1.2e+04|1e+21|1E-07|1.23e+06',
    ],
    ['%.0f %.0f %.0f %.1f', [0.5, 1.5, 2.5, 0.25], '0 2 2 0.2'],
    ['%q %+q %#q %x % X', ['a"b', 'é', 'raw', 'hi', 'hi'], '"a\\"b" "\\u00e9" `raw` 6869 68 69'],
    [
      '%v %+v %#v %T',
      [map, map, map, map],
      'map[a:[1.5 <nil> <nil> x] b:2] map[a:[1.5 <nil> <nil> x] b:2] ' +
        'map[string]interface {}{"a":[]interface {}{1.5, interface {}(nil), interface {}(nil), "x"}, "b":2} map[string]interface {}',
    ],
    ['%s %x %d %v %#v', [bytes, bytes, bytes, bytes, bytes], 'hi 6869 [104 105] [104 105] []byte{0x68, 0x69}'],
    ['%v %s %q %d', [new Named(), new Named(), new Named(), new Named()], 'it it "it" %!d(*chart.Named=it)'],
    ['%8v|%-8v|%08v', ['é', 'é', 1.5], '       é|é       |000001.5'],
    ['%*d|%-*d|%.*f', [5n, 1n, 4n, 2n, 2n, 3.24159], '    1|2   |3.24'],
    ['%[2]s %[1]s %s', ['a', 'b'], 'b a b'],
    ['%3c|%-3c|%03c', [0x2318n, 0x2318n, 0x2318n], '  ⌘|⌘  |00⌘'],
    ['%%', [], '%'],
    ['100%', [], '100%!(NOVERB)'],
    ['%d %d', [1n], '1 %!d(MISSING)'],
    ['%d', ['x'], '%!d(string=x)'],
    ['%s', [5], '%!s(float64=5)'],
    ['%s', [null], '%!s(<nil>)'],
    ['%s', [undefined], '%!s(<nil>)'],
    ['%d', [new List(['a', 1n])], '[%!d(string=a) 1]'],
    ['a', [1n, 'b', null], 'a%!(EXTRA int=1, string=b, <nil>)'],
    ['%[3]d', [1n], '%!d(BADINDEX)'],
    ['%[x]d', [1n], '%!d(BADINDEX)'],
    ['%*d', ['wide', 1n], '%!(BADWIDTH)1'],
    ['%.*d', [-1n, 1n], '%!(BADPREC)1'],
    ['%!', [1n], '%!!(int=1)'],
    ['%w', ['x'], '%!w(string=x)'],
    ['%p', [1n], '%!p(int=1)'],
  ])('%j', (format, args, text) => {
    expect(sprintf(format, args)).toBe(text)
  })

  test('shows bytes outside UTF-8 as they are', () => {
    expect(sprintf('%q %x', ['a\udcff', 'a\udcff'])).toBe('"a\\xff" 61ff')
  })

  test('takes no width of many digits', () => {
    expect(sprintf('%100000000d', [1n])).toBe('%!(NOVERB)%!(EXTRA int=1)')
    expect(sprintf('%*d', [1000001n, 1n])).toBe('%!(BADWIDTH)1')
  })

  test('stops at eight million characters', () => {
    expect(() =>
      sprintf(
        '%1000000d'.repeat(9),
        Array.from({ length: 9 }, () => 1n),
      ),
    ).toThrow(LimitError)
  })

  test('stops at a value that holds itself', () => {
    const self = new Dict()
    self.entries.set('self', self)
    expect(() => sprint(self)).toThrow(LimitError)
  })
})
