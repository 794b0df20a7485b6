/** Nothing secret leaves in a report. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { isSensitivePath, MASK, redactText, sensitiveValues, type ValueMap } from '@kubescape/resources'

import { redactObject } from './redact.ts'

const secret = (data: unknown, rest: ValueMap = {}): ValueMap =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, ...rest }) as ValueMap

const podWith = (env: unknown, metadata: ValueMap = {}): ValueMap =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'a', env }] } }) as ValueMap

describe('a redacted object', () => {
  test.each(['Secret', 'ConfigMap'])('has no data of a %s', (kind) => {
    const object = { kind, data: { a: 'short', b: null, 'c.d': 3 }, stringData: { e: 'x' }, binaryData: { f: 'eA==' } }
    expect(redactObject(object)).toEqual({
      kind,
      data: { a: MASK, b: MASK, 'c.d': MASK },
      stringData: { e: MASK },
      binaryData: { f: MASK },
    })
  })

  test.each(['text', 7, ['a', 'b']])('has no data of a Secret when they are %j', (data) => {
    expect(redactObject(secret(data))['data']).toBe(MASK)
  })

  test('keeps data of other kinds', () => {
    const object = { kind: 'KubeletInfo', data: { cmdLine: '--anonymous-auth=false' } }
    expect(redactObject(object)).toEqual(object)
  })

  test('has no values of environment variables, but their names and sources', () => {
    const from = { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }
    const redacted = redactObject(podWith([{ name: 'A', value: 'x' }, from, { name: 'C', value: 8080 }, 'odd', null]))
    expect(redacted['spec']).toEqual({
      containers: [{ name: 'a', env: [{ name: 'A', value: MASK }, from, { name: 'C', value: MASK }, 'odd', null] }],
    })
  })

  test.each([
    ['a custom kind', { kind: 'Rollout', spec: { template: { spec: { containers: [{ env: [{ value: 'x' }] }] } } } }],
    ['an init container', { kind: 'Pod', spec: { initContainers: [{ env: [{ value: 'x' }] }] } }],
    ['a list in a list', { kind: 'Pod', spec: { containers: [[{ env: [{ value: 'x' }] }]] } }],
    ['an object under `data`', { kind: 'Facts', data: { pod: { env: [{ value: 'x' }] } } }],
    ['a map that is called env', { kind: 'Chart', spec: { env: { main: { env: [{ value: 'x' }] } } } }],
  ])('has no value of an environment variable in %s', (_where, object) => {
    expect(JSON.stringify(redactObject(object))).toContain(`"value":"${MASK}"`)
    expect(JSON.stringify(redactObject(object))).not.toContain('"x"')
  })

  test('has no masked value of eight and more letters anywhere else', () => {
    const password = 'correct-horse'
    const object = podWith([{ name: 'A', value: password }], {
      annotations: { note: `it is ${password}, twice ${password}` },
    })
    expect(redactObject(object)['metadata']).toEqual({ annotations: { note: `it is ${MASK}, twice ${MASK}` } })
  })

  test('keeps short values elsewhere, which would match by accident', () => {
    const object = podWith([{ name: 'A', value: 'web' }], { name: 'web' })
    expect(redactObject(object)['metadata']).toEqual({ name: 'web' })
  })

  test('has no line of a masked value of several lines, and no copy of a long number', () => {
    const data = { key: 'first-line\n  second-line\nend', pin: 1_234_567_890 }
    const labels = { a: 'second-line', b: 'pin-1234567890', c: 'end' }
    expect(redactObject(secret(data, { metadata: { labels } }))['metadata']).toEqual({
      labels: { a: MASK, b: `pin-${MASK}`, c: 'end' },
    })
  })

  test('keeps copies of values that are as long as files, and masks the value itself', () => {
    const [secretLong, fileLong] = ['s'.repeat(4096), 'f'.repeat(4097)]
    const redacted = redactObject(secret({ secretLong, fileLong }, { copies: [secretLong, fileLong] }))
    expect(redacted).toMatchObject({ data: { secretLong: MASK, fileLong: MASK }, copies: [MASK, fileLong] })
  })

  test('looks for copies of the first five hundred values, or a few more where one has several lines', () => {
    const env = Array.from({ length: 501 }, (_, at) => ({ name: 'A', value: `value-${at}-` }))
    env[498] = { name: 'A', value: 'line-one\nline-two\nline-three' }
    expect(redactObject(podWith(env, { copies: ['value-497-', 'value-500-'] }))['metadata']).toEqual({
      copies: [MASK, 'value-500-'],
    })
  })

  test('masks the longer of two values that overlap', () => {
    const env = [
      { name: 'A', value: 'password' },
      { name: 'B', value: 'password-of-jane' },
    ]
    expect(redactObject(podWith(env, { name: 'password-of-jane' }))['metadata']).toEqual({ name: MASK })
  })

  test('has no managed fields, no copy of itself from kubectl, and no status', () => {
    const object = {
      kind: 'Pod',
      metadata: {
        name: 'a',
        managedFields: [{}],
        annotations: { keep: 'me', 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{}}' },
      },
      status: { phase: 'Running' },
    }
    expect(redactObject(object)).toEqual({ kind: 'Pod', metadata: { name: 'a', annotations: { keep: 'me' } } })
  })

  test('keeps the status of a Node, which controls judge', () => {
    const node = { kind: 'Node', status: { nodeInfo: { kubeletVersion: 'v1.34.1' } } }
    expect(redactObject(node)).toEqual(node)
  })

  test('masks keys that are called like the prototype, and changes no prototype', () => {
    const object = JSON.parse(
      '{"kind":"Secret","data":{"__proto__":"hidden"},"metadata":{"__proto__":{"polluted":"yes"}}}',
    ) as ValueMap
    const redacted = redactObject(object)
    expect(JSON.stringify(redacted)).toBe(
      `{"kind":"Secret","data":{"__proto__":"${MASK}"},"metadata":{"__proto__":{"polluted":"yes"}}}`,
    )
    expect('polluted' in redacted).toBe(false)
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype)
  })

  test('is a copy: the object is not changed', () => {
    const object = secret({ a: 'hidden-value' }, { metadata: { managedFields: [], note: 'hidden-value' }, status: {} })
    const before = structuredClone(object)
    redactObject(object)
    expect(object).toEqual(before)
  })

  test('ends where objects nest too deeply, without the values below', () => {
    let deep: ValueMap = { env: [{ name: 'A', value: 'deep-secret' }] }
    for (let depth = 0; depth < 5000; depth++) deep = { below: deep }
    const object = { kind: 'Pod', spec: { containers: [{ env: [{ name: 'A', value: 'x' }] }] }, deep }
    expect(JSON.stringify(redactObject(object))).not.toContain('deep-secret')
  })

  test('holds no value of a Secret, whatever the value is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), (value) => {
        // What is short, or part of the mask, is not looked for.
        fc.pre(value.trim().length >= 8)
        const object = secret({ a: value }, { metadata: { name: value, deep: [{ note: `<${value}>` }] } })
        expect(texts(redactObject(object)).some((text) => text.includes(value.trim()))).toBe(false)
      }),
    )
  })
})

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

test('sensitive values come with the paths at which they stand', () => {
  const object = { ...secret({ 'a.b': 'x' }), stringData: { c: 'y' }, spec: { list: [{ env: [{ value: 'z' }] }] } }
  expect(sensitiveValues(object)).toEqual([
    { path: 'data[a.b]', value: 'x' },
    { path: 'stringData[c]', value: 'y' },
    { path: 'spec.list[0].env[0].value', value: 'z' },
  ])
})

test.each([
  ['Secret', 'data', true],
  ['Secret', 'data[a]', true],
  ['ConfigMap', 'stringData.a', true],
  ['ConfigMap', 'binaryData[a]', true],
  ['ConfigMap', 'dataset', false],
  ['Secret', 'metadata.name', false],
  ['KubeletInfo', 'data[a]', false],
  ['Pod', 'spec.containers[0].env[1].value', true],
  ['Pod', 'spec.containers[0].env[1].name', false],
  ['Pod', 'spec.containers[0].environment[1].value', false],
  ['Pod', 'metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]', true],
])('the value of a %s at %s is sensitive: %s', (kind, path, is) => {
  expect(isSensitivePath({ kind }, path)).toBe(is)
})

test('a text of an object loses the masked values, longest first', () => {
  const sensitive = sensitiveValues(podWith([{ value: 'password' }, { value: 'password-of-jane' }, { value: 'web' }]))
  expect(redactText('web: password-of-jane, password', sensitive)).toBe(`web: ${MASK}, ${MASK}`)
})
