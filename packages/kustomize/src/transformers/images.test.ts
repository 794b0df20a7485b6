/** Images and replicas. */
import { describe, expect, test } from 'vitest'

import { failure, named, outputOf } from '../../testing/kustomizations.ts'

async function imageAfter(entry: string, image: string): Promise<string | undefined> {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspec:\n  containers: [{name: w, image: "${image}"}]\n`
  return /image: (.*)/.exec(await outputOf(`images:\n- ${entry}\n`, pod))?.[1]
}

describe('images', () => {
  test.each([
    ['{name: nginx, newTag: "2"}', 'nginx', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'nginx:1', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'nginx@sha256:ab', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'nginx:1@sha256:ab', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'my/nginx:1', 'my/nginx:1'],
    ['{name: nginx, newTag: "2"}', 'nginx-x:1', 'nginx-x:1'],
    ['{name: nginx, newName: web}', 'nginx', 'web'],
    ['{name: nginx, newName: web}', 'nginx:1', 'web:1'],
    ['{name: nginx, newName: web}', 'nginx:1@sha256:ab', 'web:1@sha256:ab'],
    ['{name: nginx, newName: r.example:5000/web, newTag: v2}', 'nginx:1', 'r.example:5000/web:v2'],
    ['{name: nginx, digest: "sha256:cd"}', 'nginx:1', 'nginx@sha256:cd'],
    ['{name: nginx, newTag: v2, digest: "sha256:cd"}', 'nginx:1', 'nginx:v2@sha256:cd'],
    // kustomize goes over containers twice, and so puts a suffix on twice.
    ['{name: nginx, tagSuffix: -x}', 'nginx:1', 'nginx:1-x-x'],
    ['{name: "r.example:5000/web", newTag: v2}', 'r.example:5000/web', 'r.example:5000/web:v2'],
    ['{name: "r.example:5000/web", newTag: v2}', 'r.example:5000/web:v1', 'r.example:5000/web:v2'],
  ])('%s makes of %s', async (entry, image, expected) => {
    expect(await imageAfter(entry, image)).toBe(expected)
  })

  test('are found in all containers of any kind, and in the fields of a configuration', async () => {
    const object = `${named('example.com/v1', 'Thing', 't')}spec:
  deep:
    initContainers:
    - image: app
    containers:
    - image: app:1
  image: app
`
    const text = await outputOf('images: [{name: app, newTag: v9}]\nconfigurations: [c.yaml]', object, {
      'c.yaml': 'images: [{kind: Thing, path: spec/image}]\n',
    })
    expect(text.match(/app:v9/g)).toHaveLength(3)
  })

  test('of an old field are images too', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspec: {containers: [{image: app}]}\n'
    expect(await outputOf('imageTags: [{name: app, newTag: v9}]', pod)).toContain('image: app:v9')
  })

  test('have texts for tags', async () => {
    expect(await failure({ 'kustomization.yaml': 'images:\n- name: a\n  newTag: 1.0\n' })).toBe(
      'kustomization.yaml:3: invalid Kustomization: json: cannot unmarshal number into Go struct field Image.images.newTag of type string',
    )
  })
})

describe('replicas', () => {
  test.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'ReplicaSet'],
    ['v1', 'ReplicationController'],
  ])('of a %s %s', async (apiVersion, kind) => {
    expect(await outputOf('replicas: [{name: w, count: 3}]', named(apiVersion, kind, 'w'))).toContain(
      'spec:\n  replicas: 3\n',
    )
  })

  test('know objects by the names that they had', async () => {
    const text = await outputOf('namePrefix: x-\nreplicas: [{name: w, count: 0}]', named('apps/v1', 'Deployment', 'w'))
    expect(text).toContain('replicas: 0')
  })

  test('of nothing end the build', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [a.yaml]\nreplicas:\n- name: w\n  count: 1\n',
      'a.yaml': named('apps/v1', 'DaemonSet', 'w'),
    }
    expect(await failure(texts)).toMatch(/^kustomization.yaml:3: resource with name w does not match/)
  })
})
