import { describe, expect, test } from 'vitest'

import { IMAGE_BUILTINS } from './image-builtins.ts'

const parse = IMAGE_BUILTINS.find(({ name }) => name === 'image.parse_normalized_name')

/** What the builtin gives; undefined where it fails. */
function normalizedName(image: string): unknown {
  try {
    return parse?.call(undefined as never, image)
  } catch {
    return undefined
  }
}

describe('whole names of images', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.28', 'docker.io/library/nginx:1.28'],
    ['team/app', 'docker.io/team/app'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['localhost/app:dev', 'localhost/app:dev'],
    [
      'registry.example.com:5000/team/app@sha256:' + 'a'.repeat(64),
      'registry.example.com:5000/team/app@sha256:' + 'a'.repeat(64),
    ],
    ['Team/app', 'Team/app'],
    ['team/App', undefined],
    ['nginx:', undefined],
    ['nginx@sha256:short', undefined],
    ['a'.repeat(64), undefined],
    ['UPPER', undefined],
    ['', undefined],
    [`a${'-'.repeat(5000)}`, undefined],
  ])('%s', (image, whole) => {
    expect(normalizedName(image)).toBe(whole)
  })
})
