/** Image references, read as container runtimes read them. */
import { expect, test } from 'vitest'

import { fullImageName, parseImage } from './images.ts'

const SHA = `sha256:${'a'.repeat(64)}`

test.each([
  ['nginx', 'docker.io/library/nginx'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['bitnami/nginx', 'docker.io/bitnami/nginx'],
  ['docker.io/nginx', 'docker.io/library/nginx'],
  ['index.docker.io/bitnami/nginx', 'docker.io/bitnami/nginx'],
  ['localhost/app:1', 'localhost/app:1'],
  ['registry:5000/app', 'registry:5000/app'],
  ['registry.example.com:5000/team/app:1@' + SHA, `registry.example.com:5000/team/app:1@${SHA}`],
  [`nginx@${SHA}`, `docker.io/library/nginx@${SHA}`],
  ['team/sub/app', 'docker.io/team/sub/app'],
])('%s is in full %s', (image, full) => {
  expect(fullImageName(parseImage(image)!)).toBe(full)
})

test.each(['', ':1', 'UPPER/case', 'app:tag with space', 'app:', 'app@sha256', '{{ .Values.image }}', '$(IMAGE)'])(
  '"%s" is no image reference',
  (image) => {
    expect(parseImage(image)).toBeUndefined()
  },
)

test('a port is no tag', () => {
  expect(parseImage('registry:5000/app')).toMatchObject({ registry: 'registry:5000', tag: undefined })
  expect(parseImage('registry:5000/app:latest')).toMatchObject({ repository: 'app', tag: 'latest' })
})
