/** Patches: whom they are for, and what they do. */
import { describe, expect, test } from 'vitest'

import { configMap, failure, named, names, output, outputOf } from '../../testing/kustomizations.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, tier: front}
  annotations: {team: a}
  finalizers: [one, two]
spec:
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
  template:
    spec:
      containers:
      - name: web
        image: web:1
        args: [a, b]
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
        ports: [{containerPort: 80, protocol: TCP, name: http}, {containerPort: 80, protocol: UDP, name: quic}]
      - name: side
        image: side:1
      tolerations: [{key: a}]
      volumes: [{name: v, emptyDir: {}}]
`

const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n'

/** The patched Deployment without what comes before its template. */
async function patched(patch: string): Promise<string> {
  const text = await outputOf('patches: [{path: p.yaml}]', deployment, { 'p.yaml': patch })
  return text.slice(text.indexOf('spec:'))
}

const pods = (spec: string): string => `${head}spec: {template: {spec: ${spec}}}\n`

describe('a strategic merge', () => {
  test('merges mappings, and lists whose entries have keys; entries of the patch come first', async () => {
    const text = await patched(pods('{containers: [{name: side, image: "side:2"}, {name: new, image: fresh}]}'))
    expect(text.match(/(?:image|name): .*/g)).toEqual([
      'image: side:2',
      'name: side',
      'image: fresh',
      'name: new',
      'name: A',
      'name: B',
      'image: web:1',
      'name: web',
      'name: http',
      'name: quic',
      'name: v',
    ])
  })

  test('knows ports by number and protocol', async () => {
    const text = await patched(
      pods('{containers: [{name: web, ports: [{containerPort: 80, protocol: UDP, name: q}]}]}'),
    )
    expect(text.match(/name: (?:q|http|quic)$/gm)).toEqual(['name: q', 'name: http'])
  })

  test('replaces other lists', async () => {
    const text = await patched(pods('{tolerations: [{key: b}], containers: [{name: web, args: [c]}]}'))
    expect(text).toContain('tolerations:\n      - key: b\n')
    expect(text).toContain('- args:\n        - c\n')
  })

  test('merges lists of texts where their type says so', async () => {
    const text = await outputOf('patches: [{path: p.yaml}]', deployment, {
      'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, finalizers: [two, three]}\n',
    })
    expect(text).toContain('finalizers:\n  - two\n  - three\n  - one\n')
  })

  test('removes what is null', async () => {
    expect(await patched(`${head}spec: {strategy: null, missing: null}\n`)).toMatch(/^spec:\n {2}template:/)
  })

  test.each([
    ['an entry', '{containers: [{name: side, $patch: delete}]}', /^(?!.*side:1)/s],
    ['a list', '{volumes: [{$patch: delete}]}', /^(?!.*volumes)/s],
    ['a list in favour of another', '{volumes: [{name: w}, {$patch: replace}]}', /volumes:\n {6}- name: w\n$/],
    [
      'an entry in favour of another',
      '{containers: [{name: side, $patch: replace, image: x}]}',
      /- image: x\n {8}name: side/,
    ],
    ['what is not there', '{containers: [{name: other, $patch: delete}]}', /^(?!.*other)/s],
  ])('removes %s', async (_, spec, expected) => {
    expect(await patched(pods(spec))).toMatch(expected)
  })

  test('replaces a mapping, or keeps some of its keys', async () => {
    expect(await patched(`${head}spec: {strategy: {$patch: replace, type: Recreate}}\n`)).toContain(
      'strategy:\n    type: Recreate\n',
    )
    expect(await patched(`${head}spec: {strategy: {$retainKeys: [type], type: Recreate}}\n`)).toContain(
      'strategy:\n    type: Recreate\n',
    )
    expect(await patched(`${head}spec: {strategy: {$patch: delete}}\n`)).not.toContain('strategy')
    expect(await patched(`${head}spec: {strategy: {$patch: merge, type: X}}\n`)).toContain('maxSurge: 1\n    type: X')
  })

  test('orders lists, and takes texts out of them', async () => {
    const order = '{$setElementOrder/containers: [{name: side}, {name: web}], containers: [{name: web, image: x}]}'
    expect((await patched(pods(order))).match(/image: .*/g)).toEqual(['image: side:1', 'image: x'])
    const text = await outputOf('patches: [{path: p.yaml}]', deployment, {
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, $deleteFromPrimitiveList/finalizers: [one]}\n',
    })
    expect(text).toContain('finalizers:\n  - two\n')
  })

  test.each([
    ['example.com/v1', 'Deployment'],
    ['extensions/v1beta1', 'Deployment'],
  ])('replaces the lists of kinds without a known type: %s %s', async (apiVersion, kind) => {
    const object = `${named(apiVersion, kind, 'w')}spec: {template: {spec: {containers: [{name: a}, {name: b}]}}}\n`
    const patch = `${named(apiVersion, kind, 'w')}spec: {template: {spec: {containers: [{name: c}]}}}\n`
    const text = await outputOf('patches: [{path: p.yaml}]', object, { 'p.yaml': patch })
    expect(text).toContain('containers:\n      - name: c\n')
  })

  test('merges the lists of own kinds that a schema describes', async () => {
    const schema = {
      definitions: {
        Thing: {
          properties: { spec: { $ref: '#/definitions/Spec' } },
          'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Thing' }],
        },
        Spec: {
          properties: {
            parts: {
              items: { properties: { id: {} } },
              'x-kubernetes-patch-merge-key': 'id',
              'x-kubernetes-patch-strategy': 'merge',
            },
          },
        },
      },
    }
    const thing = named('example.com/v1', 'Thing', 't')
    const text = await outputOf(
      'openapi: {path: s.json}\npatches: [{path: p.yaml}]',
      `${thing}spec: {parts: [{id: a, x: 1}, {id: b}]}\n`,
      {
        's.json': JSON.stringify(schema),
        'p.yaml': `${thing}spec: {parts: [{id: a, y: 2}]}\n`,
      },
    )
    expect(text).toContain('parts:\n  - id: a\n    x: 1\n    "y": 2\n  - id: b\n')
  })

  test('takes keys of any name', async () => {
    const text = await outputOf('patches: [{path: p.yaml}]', configMap('c'), {
      'p.yaml': `${configMap('c')}data: {__proto__: a, constructor: b, toString: c}\n`,
    })
    expect(text).toContain('data:\n  __proto__: a\n  constructor: b\n  toString: c\n')
  })
})

describe('a patch', () => {
  const two = `${configMap('a')}---\n${configMap('b')}`

  test('of a whole object removes it', async () => {
    const texts = { 'kustomization.yaml': 'resources: [two.yaml]\npatches: [{path: p.yaml}]\n', 'two.yaml': two }
    expect(await names({ ...texts, 'p.yaml': `${configMap('a')}$patch: delete\n` })).toEqual(['ConfigMap b'])
    const all =
      'resources: [two.yaml]\npatches: [{target: {name: .*}, patch: "{$patch: delete, kind: x, metadata: {name: x}}"}]\n'
    expect(await names({ ...texts, 'kustomization.yaml': all })).toEqual([])
  })

  test('is one of several in a file or a list', async () => {
    const p = `${configMap('a')}data: {k: a}\n---\n${configMap('b')}data: {k: b}\n`
    expect(await outputOf('patches: [{path: p.yaml}]', two, { 'p.yaml': p })).toMatch(/k: a[^]*k: b/)
    const items = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {k: v}}\n`
    expect(await outputOf('patchesStrategicMerge: [p.yaml]', two, { 'p.yaml': items })).toContain('data:\n  k: v\n')
  })

  test('with a target is for everything that the target means', async () => {
    const change = 'patch: "{kind: any, metadata: {name: any}, data: {k: v}}"'
    const changed = async (target: string): Promise<string[]> => {
      const all = `${two}---\n${named('v1', 'Secret', 'ab')}  labels: {x: y}\n  annotations: {n: m}\n`
      const text = await outputOf(`patches: [{target: ${target}, ${change}}]`, all)
      return text
        .split('---\n')
        .flatMap((each) => (each.includes('k: v') ? (/ {2}name: (.*)/.exec(each)?.[1] ?? []) : []))
    }
    expect(await changed('{kind: ConfigMap}')).toEqual(['a', 'b'])
    expect(await changed('{name: a}')).toEqual(['a'])
    expect(await changed('{name: a.*}')).toEqual(['a', 'ab'])
    expect(await changed('{name: "(a|b)", version: v1}')).toEqual(['a', 'b'])
    expect(await changed('{group: apps}')).toEqual([])
    expect(await changed('{namespace: default, kind: Secret}')).toEqual(['ab'])
    expect(await changed('{labelSelector: "x=y"}')).toEqual(['ab'])
    expect(await changed('{labelSelector: "x in (y, z)"}')).toEqual(['ab'])
    expect(await changed('{labelSelector: "!x"}')).toEqual(['a', 'b'])
    expect(await changed('{labelSelector: "x!=y"}')).toEqual(['a', 'b'])
    expect(await changed('{labelSelector: "x notin (y)"}')).toEqual(['a', 'b'])
    expect(await changed('{annotationSelector: "n"}')).toEqual(['ab'])
    expect(await changed('{annotationSelector: "n==m,!o"}')).toEqual(['ab'])
  })

  test('with a target leaves the type of what it changes', async () => {
    const patch =
      'patches: [{target: {name: a}, patch: "{apiVersion: e.x/v9, kind: Z, metadata: {name: z}, data: {k: v}}"}]'
    expect(await outputOf(patch, configMap('a'))).toBe(
      'apiVersion: v1\ndata:\n  k: v\nkind: ConfigMap\nmetadata:\n  name: a\n',
    )
  })

  test.each([
    ['a text', 'spec: text', 'spec expected: MappingNode was ScalarNode: value: {text}'],
    ['a list', 'spec: [a]', 'spec expected: MappingNode was SequenceNode'],
    ['a mapping', 'spec: {list: {a: b}}', 'list expected: SequenceNode was MappingNode'],
  ])('does not put %s in the place of something else', async (_, field, expected) => {
    const thing = `${named('e.x/v1', 'Thing', 't')}spec: {list: [a]}\n`
    const text = await failure({
      'kustomization.yaml': 'resources: [t.yaml]\npatches: [{path: p.yaml}]\n',
      't.yaml': thing,
      'p.yaml': `${named('e.x/v1', 'Thing', 't')}${field}\n`,
    })
    expect(text).toContain(`p.yaml:1: wrong Node Kind for ${expected}`)
  })

  test('knows objects by the names that they had', async () => {
    const texts = {
      'top/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml}]\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n',
      'base/a.yaml': configMap('a'),
    }
    const of = (name: string): Promise<string> =>
      output({ ...texts, 'top/p.yaml': `${configMap(name)}data: {k: v}\n` }, 'top')
    expect(await of('a')).toContain('k: v')
    expect(await of('x-a')).toContain('k: v')
  })

  test('changes names and kinds only where it may', async () => {
    const patch = 'patch: "{apiVersion: v1, kind: Secret, metadata: {name: z}}"'
    const named_ = (options: string): Promise<string[]> =>
      names({
        'kustomization.yaml': `resources: [two.yaml]\npatches: [{target: {name: a}, ${patch}${options}}]\n`,
        'two.yaml': two,
      })
    expect(await named_('')).toEqual(['ConfigMap a', 'ConfigMap b'])
    expect(await named_(', options: {allowNameChange: true}')).toEqual(['ConfigMap b', 'ConfigMap z'])
    expect(await named_(', options: {allowKindChange: true}')).toEqual(['ConfigMap b', 'Secret a'])
  })

  test.each([
    [
      'for nothing',
      'kind: ConfigMap\nmetadata: {name: z}\napiVersion: v1\n',
      'p.yaml:1: no matches for Id ConfigMap.v1.[noGrp]/z.[noNs]; failed to find unique target for patch ConfigMap.v1.[noGrp]/z.[noNs]',
    ],
    ['for nobody', 'data: {}\n', 'p.yaml:1: a strategic merge patch needs kind and metadata.name, or a target'],
    ['that is no object', 'text\n', 'p.yaml:1: a patch is neither an object nor a list of operations'],
    [
      'of operations without a target',
      '- {op: remove, path: /data}\n',
      'p.yaml:1: must specify a target for JSON patch',
    ],
    ['with a broken document', `${configMap('a')}---\n{\n`, /^p\.yaml:\d+: unable to parse SM or JSON patch/],
  ])('%s ends the build', async (_, patch, expected) => {
    const texts = { 'kustomization.yaml': 'resources: [two.yaml]\npatches:\n- path: p.yaml\n', 'two.yaml': two }
    const message = await failure({ ...texts, 'p.yaml': patch })
    if (typeof expected === 'string') expect(message).toBe(expected)
    else expect(message).toMatch(expected)
  })

  test('names its entry when the file is missing, or there is too much or too little', async () => {
    const of = (entry: string): Promise<string> =>
      failure({ 'kustomization.yaml': `resources: [two.yaml]\npatches:\n- ${entry}\n`, 'two.yaml': two })
    expect(await of('path: gone.yaml')).toBe('kustomization.yaml:3: open gone.yaml: no such file or directory')
    expect(await of('target: {name: a}')).toBe('kustomization.yaml:3: must specify one of patch and path in patches')
    expect(await of('{path: a, patch: b}')).toBe("kustomization.yaml:3: patch and path can't be set at the same time")
    expect(await of('{target: {name: "("}, patch: "{a: b}"}')).toMatch(/^kustomization.yaml:3: "\(" is no pattern/)
    expect(await of('{target: {labelSelector: "a=(b"}, patch: "{a: b}"}')).toMatch(
      /^kustomization.yaml:3: "a=\(b" is no selector/,
    )
    expect(await of('{target: {name: a}, patch: "{a: b}\\n---\\n{a: c}"}')).toMatch(
      /^kustomization.yaml:3: Multiple Strategic-Merge Patches/,
    )
  })

  test('may be a file in an old list', async () => {
    expect(await outputOf('patches: [p.yaml]', two, { 'p.yaml': `${configMap('a')}data: {k: v}\n` })).toContain('k: v')
  })
})
