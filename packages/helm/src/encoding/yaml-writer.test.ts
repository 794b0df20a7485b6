import { describe, expect, test } from 'vitest'
import { Dict, List, Traced, type Value } from '@kubescape/go-template'
import { readValues } from '../values/read-values.ts'
import { writeYaml } from './yaml-writer.ts'

const context = { spend: (): void => {} }
const layer = { kind: 'chart', name: 'values.yaml' } as const

/** Each run of written text with the path that it comes from. */
function runs(value: Value): [string, string][] {
  const written = writeYaml(value, context)
  expect(written).toBeInstanceOf(Traced)
  const text = (written as Traced).value as string
  const { spans } = written as Traced
  let at = 0
  const found = spans.map(({ length, origin }): [string, string] => {
    at += length
    return [text.slice(at - length, at), (origin.value?.path ?? ['?']).join('.')]
  })
  expect(at).toBe(text.length)
  return found
}

describe('what toYaml writes of values with a trace', () => {
  test('knows the entry of every key and value', () => {
    const read = readValues('image:\n  tag: "1"\n  args: [a, b]\nempty: {}\n', { layer, path: ['web'] })
    if ('error' in read) throw new Error(read.error)
    expect(runs(read.values)).toEqual([
      ['empty: {}', 'web.empty'],
      ['\nimage:', 'web.image'],
      ['\n  args:', 'web.image.args'],
      ['\n  - a', 'web.image.args.0'],
      ['\n  - b', 'web.image.args.1'],
      ['\n  tag: "1"', 'web.image.tag'],
    ])
  })

  test('knows the parts of a text that is put together', () => {
    const origin = (step: string): { value: { layer: typeof layer; path: string[] } } => ({
      value: { layer, path: [step] },
    })
    const text = new Traced("it's\na:b", [
      { length: 5, origin: origin('x') },
      { length: 3, origin: origin('y') },
    ])
    expect(runs(new Dict(new Map([['k', text]])))).toEqual([
      ["k: |-\n  it's\n", 'x'],
      ['  a:b', 'y'],
    ])
    const quoted = new Traced('"\t": x', [
      { length: 3, origin: origin('x') },
      { length: 3, origin: origin('y') },
    ])
    expect(runs(new List([quoted]))).toEqual([
      ['- "\\"\\t\\"', 'x'],
      [': x"', 'y'],
    ])
  })

  test('has no origin where a template made it', () => {
    const traced = new Traced(5, [{ length: 0, origin: { value: { layer, path: ['port'] } } }])
    const value = new Dict(
      new Map<string, Value>([
        ['a', 'made here'],
        ['b', traced],
        ['c', null],
      ]),
    )
    expect(runs(value)).toEqual([
      ['a: made here', '?'],
      ['\nb: 5', 'port'],
      ['\nc: null', '?'],
    ])
  })

  test('is a plain text when nothing has a trace', () => {
    expect(writeYaml(new List(['a']), context)).toBe('- a')
  })
})
